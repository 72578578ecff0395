import { changeLines, type ResourceChange } from "../engine/changed-resources.js";
import type { ChangeSummary } from "../engine/stacks.js";

/** By the engine's word for what it does; what it has only read or looked at is not told. */
const WORDS: Readonly<Record<string, { readonly past: string; readonly future: string }>> = {
  create: { past: "created", future: "to create" },
  update: { past: "changed", future: "to change" },
  replace: { past: "replaced", future: "to replace" },
  delete: { past: "deleted", future: "to delete" },
};

/** True when anything is made, changed or removed. */
export function isChange(changes: ChangeSummary): boolean {
  return Object.keys(WORDS).some((what) => (changes[what] ?? 0) > 0);
}

/** `12 created, 1 deleted`, or what is to be done: `12 to create, 1 to delete`. */
export function countsText(changes: ChangeSummary, tense: "past" | "future"): string {
  const counts = Object.entries(WORDS).flatMap(([what, words]) => {
    const count = changes[what] ?? 0;
    return count === 0 ? [] : [`${count} ${words[tense]}`];
  });
  return counts.join(", ");
}

/** What would be done to what is there already; what is only made is counted, not listed. */
export function changesOfExisting(resources: readonly ResourceChange[]): readonly string[] {
  return resources.filter(({ operation }) => operation !== "create").flatMap(changeLines);
}
