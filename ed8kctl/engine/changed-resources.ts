import type { StepEvent } from "./stacks.js";

/** One resource that would change. */
export type ResourceChange = Pick<StepEvent, "resource" | "type" | "operation" | "paths">;

/** Each changed resource once, in the engine's order: it tells the beginning and the end of each. */
export function changedResources(steps: readonly StepEvent[]): readonly ResourceChange[] {
  const changes = new Map<string, ResourceChange>();
  for (const { resource, type, operation, paths } of steps) {
    if (operation === "same" || operation === "read" || operation === "refresh") continue;
    const key = `${type} ${resource}`;
    const before = changes.get(key);
    // A replacement is told as several operations; the first one is its name.
    changes.set(key, {
      resource,
      type,
      operation: before?.operation ?? operation,
      paths: before?.paths.length ? before.paths : paths,
    });
  }
  return [...changes.values()];
}

/** One change for people: what is done to what, and below it the properties that differ. */
export function changeLines({ resource, operation, paths }: ResourceChange): readonly string[] {
  return [`${MARKS[operation] ?? "~"} ${operation} ${resource}`, ...paths.map((path) => `    ${path}`)];
}

const MARKS: Readonly<Partial<Record<StepEvent["operation"], string>>> = { create: "+", delete: "-", replace: "±" };
