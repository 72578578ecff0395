import type { Data } from "../kind.js";
import { asGiven, isSame } from "../meaning.js";
import { tagsOf } from "./tags.js";

/** A text that is required: `check` has seen to it that it is there. */
export function text(inputs: Data, name: string): string {
  const value = inputs[name];
  if (typeof value === "string") return value;
  throw new Error(`${name} is no text: ${JSON.stringify(value)}`);
}

export function maybeText(inputs: Data, name: string): string | undefined {
  return inputs[name] === undefined ? undefined : text(inputs, name);
}

export function maybeNumber(inputs: Data, name: string): number | undefined {
  const value = inputs[name];
  return value === undefined ? undefined : Number(value);
}

export function texts(inputs: Data, name: string): readonly string[] {
  const value = inputs[name] ?? [];
  return Array.isArray(value) ? value.map(String) : [];
}

/**
 * True when something found on AWS is what an earlier try with the same inputs has made, whose answer was lost: it has
 * tags, these tags, and all else that was given.
 */
export function isOwn(inputs: Data, live: Data): boolean {
  const hasTags = Object.keys(tagsOf(inputs)).length > 0;
  return hasTags && Object.entries(inputs).every(([name, given]) => isSame(asGiven(live[name], given), given));
}
