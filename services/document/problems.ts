import type { z } from "zod";
import { suggest } from "../../suggest.js";
import { allowedKeys } from "./allowed-keys.js";

export type Path = readonly PropertyKey[];

/** What is wrong at one place of a document. */
export interface Problem {
  readonly path: Path;
  /** Whether the key is wrong or its value. @default "value" */
  readonly at?: "key" | "value";
  /** What is wrong, with the value and what is allowed. */
  readonly text: string;
  /** What to do next. */
  readonly hint?: string;
}

interface Context {
  readonly data: unknown;
  readonly schema: z.ZodType;
}

type Issue = z.core.$ZodIssue;

/** Tells what a schema found wrong in words that name the value and what is allowed. */
export function schemaProblems(issues: readonly Issue[], context: Context): readonly Problem[] {
  return issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => unknownKey([...issue.path, key], context))
      : [problemOf(issue, valueAt(context.data, issue.path))],
  );
}

function unknownKey(path: Path, { data, schema }: Context): Problem {
  const allowed = allowedKeys(schema, data, path.slice(0, -1));
  const text = allowed.length === 0 ? "is not known; none is allowed here" : `is not known; there are ${list(allowed)}`;
  const near = suggest(String(path.at(-1)), allowed);
  return { path, at: "key", text, ...(near === undefined ? {} : { hint: `did you mean ${near}?` }) };
}

function problemOf(issue: Issue, value: unknown): Problem {
  const { path } = issue;
  if (issue.code === "invalid_key") {
    const key = String(path.at(-1));
    return { path, at: "key", text: issue.issues.map((inner) => `${told(key)} ${rule(inner, key)}`).join("; ") };
  }
  if (value === undefined) return { path, text: `is missing${expectation(issue)}` };
  const text = `${told(value)} ${rule(issue, value)}`;
  const options = optionsOf(issue);
  const near = typeof value === "string" && options && options.length > 1 ? suggest(value, options) : undefined;
  if (near !== undefined) return { path, text, hint: `did you mean ${near}?` };
  const wantsText = issue.code === "invalid_type" && issue.expected === "string";
  return wantsText && isPlain(value) ? { path, text, hint: `write it in quotes: "${value}"` } : { path, text };
}

/** What the rule says of a value that breaks it, to be read after the value. */
function rule(issue: Issue, value: unknown): string {
  const options = optionsOf(issue);
  if (options) return `is not allowed; it is ${options.length === 1 ? "" : "one of "}${list(options)}`;
  switch (issue.code) {
    case "invalid_type":
      return `is not allowed; it must be of type ${issue.expected}`;
    case "invalid_union": {
      const types = issue.errors.flat().map((inner) => (inner.code === "invalid_type" ? inner.expected : undefined));
      const other = issue.errors.flat().find((inner) => inner.code !== "invalid_type");
      return other ? rule(other, value) : `is not allowed; it must be of type ${[...new Set(types)].join(" or ")}`;
    }
    case "too_big":
      return typeof value === "string"
        ? `has ${value.length} characters, at most ${issue.maximum} are allowed`
        : `is not allowed; it is at most ${issue.maximum}`;
    case "too_small":
      return typeof value === "number"
        ? `is not allowed; it is at least ${issue.minimum}`
        : "is empty, which is not allowed";
    case "unrecognized_keys":
    case "invalid_format":
    case "invalid_key":
    case "invalid_element":
    case "invalid_value":
    case "not_multiple_of":
    case "custom":
      return issue.message;
  }
}

function expectation(issue: Issue): string {
  const options = optionsOf(issue);
  if (options) return `; it is ${options.length === 1 ? "" : "one of "}${list(options)}`;
  return issue.code === "invalid_type" ? `; it must be of type ${issue.expected}` : "";
}

/** The values that are allowed, where they can be listed. */
function optionsOf(issue: Issue): readonly string[] | undefined {
  if (issue.code === "invalid_value") return issue.values.map(String);
  if (issue.code === "invalid_union" && "options" in issue && Array.isArray(issue.options)) {
    return issue.options.map(String);
  }
  return undefined;
}

function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>((at, step) => (at as Record<PropertyKey, unknown> | null | undefined)?.[step], data);
}

const TOLD_LENGTH = 60;

/** The value, without credentials of an address and not longer than a line. */
function told(value: unknown): string {
  const text = JSON.stringify(value).replaceAll(/:\/\/[^/@"]*@/g, "://…@");
  return text.length <= TOLD_LENGTH ? text : `${text.slice(0, TOLD_LENGTH)}…`;
}

function isPlain(value: unknown): value is number | boolean {
  return typeof value === "number" || typeof value === "boolean";
}

function list(words: readonly string[]): string {
  return words.join(", ");
}
