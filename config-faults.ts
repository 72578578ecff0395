import type { z } from "zod";
import { fromText, shapeAt } from "./config-values.js";
import { throwFaults, type Fault } from "./errors.js";
import { suggest } from "./suggest.js";

/** Settings as a stack's config holds them: text, and JSON for lists and objects, by key without the project's name. */
export type RawKeys = Readonly<Record<string, string>>;

/**
 * Parses each value by the type that its key wants, then the whole.
 * @param subject what is parsed, for messages: `config of dev`
 * @param unknownHint what to do about a key that the schema does not have, where that is known
 * @throws UserError (usage) that tells all faults at once
 */
export function checkKeys<T extends z.ZodRawShape>(
  subject: string,
  {
    schema,
    unknownHint,
  }: { readonly schema: z.ZodObject<T>; readonly unknownHint: (key: string) => string | undefined },
  raw: RawKeys,
): z.infer<z.ZodObject<T>> {
  const known = Object.keys(schema.shape);
  const unknown = Object.keys(raw).filter((key) => !known.includes(key));
  const faults = unknown.map<Fault>((key) => ({
    where: `ed8k:${key}`,
    problem: `is no key of the config; there are ${known.join(", ")}`,
    hint: unknownHint(key) ?? unknownKeyHint(key, known),
  }));
  const values = Object.fromEntries(
    Object.entries(raw).flatMap(([key, text]) => (unknown.includes(key) ? [] : [[key, fromText(text)]])),
  );
  const result = schema.safeParse(values);
  if (!result.success) faults.push(...result.error.issues.flatMap((issue) => toFaults(issue, { schema, values })));
  throwFaults(subject, faults);
  if (!result.success) throw new Error("unreachable: a failed parse has issues");
  return result.data;
}

function unknownKeyHint(key: string, known: readonly string[]): string {
  const near = suggest(key, known);
  return near === undefined ? `pulumi config rm ed8k:${key}` : `did you mean ed8k:${near}?`;
}

interface Parsed {
  readonly schema: z.core.$ZodType;
  readonly values: Readonly<Record<string, unknown>>;
}

/** The faults of a key's value, in a person's words. */
function toFaults(issue: z.core.$ZodIssue, { schema, values }: Parsed): readonly Fault[] {
  const where = placeOf(issue.path);
  const value = issue.path.reduce<unknown>(
    (at, step) => (at as Record<PropertyKey, unknown> | undefined)?.[step],
    values,
  );
  if (value === undefined) return [{ where, problem: "is missing", hint: setHint(where, isListIssue(issue)) }];
  const told = JSON.stringify(value);
  if (issue.code === "invalid_value")
    return [{ where, problem: `${told} is not allowed; it is one of ${issue.values.join(", ")}` }];
  if (issue.code === "invalid_type")
    return [{ where, problem: `${told} is not allowed; it must be ${TYPES[issue.expected] ?? issue.expected}` }];
  if (issue.code === "unrecognized_keys") {
    const known = Object.keys(shapeAt(schema, issue.path));
    return issue.keys.map((key) => nestedKeyFault(where, { key, known }));
  }
  return [{ where, problem: `${told} ${issue.message}` }];
}

/** zod's names of types in a person's words. */
const TYPES: Readonly<Record<string, string>> = {
  array: "a list",
  record: "a mapping",
  object: "a mapping",
  string: "text",
  boolean: "true or false",
};

/** A place in Pulumi's syntax of paths: `ed8k:aws.zones[1]`. */
function placeOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (at, step) => `${at}${typeof step === "number" ? `[${step}]` : `${at.endsWith(":") ? "" : "."}${String(step)}`}`,
    "ed8k:",
  );
}

function setHint(where: string, isList: boolean): string {
  const place = isList ? `${where}[0]` : where;
  return `pulumi config set ${/[.[]/.test(place) ? `--path '${place}'` : place} …`;
}

function isListIssue(issue: z.core.$ZodIssue): boolean {
  return issue.code === "too_small"
    ? issue.origin === "array"
    : issue.code === "invalid_type" && issue.expected === "array";
}

function nestedKeyFault(
  where: string,
  { key, known }: { readonly key: string; readonly known: readonly string[] },
): Fault {
  const near = suggest(key, known);
  return {
    where: `${where}.${key}`,
    problem: `is no key of ${where}; there are ${known.join(", ")}`,
    hint: near === undefined ? `pulumi config rm --path '${where}.${key}'` : `did you mean ${where}.${near}?`,
  };
}
