import { isDeepStrictEqual } from "node:util";
import type { Data } from "./kind.js";

/**
 * True when two values of an input say the same to AWS: JSON texts (policies, event patterns) are compared as JSON, lists
 * as sets, numbers and their texts alike; what is empty is as if it were not there.
 */
export function isSame(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(canonical(one), canonical(other));
}

/**
 * A live value with only those keys that the given one has, because AWS adds its own defaults to what it was given;
 * and exactly the given one where both say the same.
 */
export function asGiven(live: unknown, given: unknown): unknown {
  const like = isRecord(live) && isRecord(given) ? keysAsGiven(live, given) : listAsGiven(live, given);
  return isSame(like, given) ? given : like;
}

function keysAsGiven(live: Data, given: Data): Data {
  const kept = Object.keys(given).filter((key) => live[key] !== undefined);
  return Object.fromEntries(kept.map((key) => [key, asGiven(live[key], given[key])]));
}

/** Items that say the same as a given one are that one; the others stay as they are. */
function listAsGiven(live: unknown, given: unknown): unknown {
  if (!Array.isArray(live) || !Array.isArray(given)) return live;
  return live.map(
    (item: unknown) => given.map((like) => asGiven(item, like)).find((like) => given.includes(like)) ?? item,
  );
}

function canonical(value: unknown): unknown {
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return canonicalText(value);
  if (Array.isArray(value)) return value.length === 0 ? undefined : sorted(value.map(canonical));
  if (!isRecord(value)) return value ?? undefined;
  const entries = Object.entries(value)
    .map(([key, item]): [string, unknown] => [key, canonical(item)])
    .filter(([, item]) => item !== undefined);
  return entries.length === 0 ? undefined : Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function canonicalText(text: string): unknown {
  if (NUMBER.test(text)) return String(Number(text));
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return loneItems(canonical(JSON.parse(text)) ?? text);
  } catch {
    return text;
  }
}

/** Texts of numbers that JavaScript can hold; account ids are among them. */
const NUMBER = /^(0|[1-9]\d{0,14})(\.\d+)?$/;

/** In policies `"Action": "s3:Get*"` and `"Action": ["s3:Get*"]` are the same, and AWS gives back either. */
function loneItems(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 1 ? loneItems(value[0]) : sorted(value.map(loneItems));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, loneItems(item)]));
}

function sorted(items: readonly unknown[]): readonly unknown[] {
  return [...items].sort((a, b) => (text(a) < text(b) ? -1 : 1));
}

function text(value: unknown): string {
  return JSON.stringify(value) ?? "";
}

function isRecord(value: unknown): value is Data {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
