import { isMap, isScalar, LineCounter, parseDocument, type Document, type Node } from "yaml";
import type { z } from "zod";
import type { Fault } from "../../errors.js";
import { schemaProblems, type Path, type Problem } from "./problems.js";

export interface Source<T extends z.ZodType> {
  readonly text: string;
  /** The file as messages tell it. */
  readonly file: string;
  readonly schema: T;
}

/** A YAML file that was held against its schema. */
export interface Checked<T> {
  /** With all defaults filled in; `undefined` when there are faults. */
  readonly value: T | undefined;
  /** Each begins with `file:line:column`. */
  readonly faults: readonly Fault[];
  /** Makes a fault of a problem that was found later, in the value. */
  readonly fault: (problem: Problem) => Fault;
}

/** Reads YAML by a schema and tells every fault with its position. */
export function checkDocument<T extends z.ZodType>({ text, file, schema }: Source<T>): Checked<z.output<T>> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const where = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${Math.max(line, 1)}:${Math.max(col, 1)}`;
  };
  const fault = (problem: Problem): Fault => ({
    where: where(offsetOf(document, problem)),
    problem: problem.path.length === 0 ? problem.text : `${problem.path.join(".")}: ${problem.text}`,
    ...(problem.hint === undefined ? {} : { hint: problem.hint }),
  });
  const [broken] = document.errors;
  if (broken !== undefined) {
    // The errors after the first one mostly come from it.
    const faults = [{ where: where(broken.pos[0]), problem: yamlProblem(broken) }];
    return { value: undefined, faults, fault };
  }
  const data = toData(document);
  if (data instanceof Error) return { value: undefined, faults: [{ where: where(0), problem: data.message }], fault };
  const result = schema.safeParse(data);
  if (result.success) return { value: result.data, faults: [], fault };
  return { value: undefined, faults: schemaProblems(result.error.issues, { data, schema }).map(fault), fault };
}

function yamlProblem({ code, message }: { readonly code: string; readonly message: string }): string {
  return code === "MULTIPLE_DOCS" ? "there must be one YAML document in the file" : `is no YAML: ${message}`;
}

/** Aliases that multiply without end are an error only when the values are made. */
function toData(document: Document): unknown {
  try {
    return document.toJS() as unknown;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** Where a path's value begins (or its key), else where the nearest value above it begins. */
function offsetOf(document: Document, { path, at = "value" }: Problem): number {
  for (let length = path.length; length > 0; length -= 1) {
    const parent = path.slice(0, length - 1);
    const last = path[length - 1];
    const found =
      at === "key" && length === path.length ? keyOf(document, parent, last) : nodeAt(document, path.slice(0, length));
    if (found?.range) return found.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}

function nodeAt(document: Document, path: Path): Node | undefined {
  try {
    return document.getIn(path, true) as Node | undefined;
  } catch {
    return undefined; // the path leads through an alias
  }
}

function keyOf(document: Document, parent: Path, key: PropertyKey | undefined): Node | undefined {
  const map = parent.length === 0 ? document.contents : nodeAt(document, parent);
  if (!isMap(map)) return undefined;
  const keys = map.items.map((pair) => pair.key);
  return keys.filter(isScalar).find(({ value }) => String(value) === String(key));
}
