import type { z } from "zod";
import type { Fault } from "./errors.js";

/** Pulumi hands lists and objects on as JSON text; everything else is a string. */
export function fromText(text: string): unknown {
  if (!/^[[{]/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A fault of a key's value, in a person's words. */
export function toFault(issue: z.core.$ZodIssue, values: Readonly<Record<string, unknown>>): Fault {
  const [key, ...inner] = issue.path.map(String);
  const where = `ed8k:${[key, ...inner].join(".")}`;
  const value = issue.path.reduce<unknown>(
    (at, step) => (at as Record<PropertyKey, unknown> | undefined)?.[step],
    values,
  );
  if (value === undefined) {
    const path = inner.length === 0 ? where : `--path '${where.replaceAll(/\.(\d+)/g, "[$1]")}'`;
    return { where, problem: "is missing", hint: `pulumi config set ${path} …` };
  }
  const told = JSON.stringify(value);
  if (issue.code === "invalid_value")
    return { where, problem: `${told} is not allowed; it is one of ${issue.values.join(", ")}` };
  if (issue.code === "invalid_type")
    return { where, problem: `${told} is not allowed; it must be ${TYPES[issue.expected] ?? issue.expected}` };
  if (issue.code === "unrecognized_keys")
    return { where, problem: `${told} has a key that is not allowed: ${issue.keys.join(", ")}` };
  return { where, problem: `${told} ${issue.message}` };
}

/** zod's names of types in a person's words. */
const TYPES: Readonly<Record<string, string>> = {
  array: "a list",
  record: "a mapping",
  object: "a mapping",
  string: "text",
};
