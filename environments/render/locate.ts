import { isMap, isPair, isScalar, isSeq } from "yaml";
import type { Path, RenderedObject, RenderedService } from "./rendered.js";
import { readYamlTree } from "./yaml.js";

/**
 * Where a value of a rendered object was written, for messages: `services/bos/templates/web.yaml:12`. Where the
 * template does not have that line as it was rendered, the line is that of the rendered text.
 * @param path may lead to what is not there; then it is the nearest that is
 */
export function locate({ files }: Pick<RenderedService, "files">, object: RenderedObject, path: Path): string {
  return locateLine({ ...object, template: files[object.file] }, lineOf(object.text, path));
}

export interface PrintedText {
  readonly file: string;
  /** Line of the text's first line in what helm printed of the file. */
  readonly line: number;
  readonly text: string;
  /** The file as the chart has it. */
  readonly template: string | undefined;
}

/**
 * Where a line of printed text was written.
 * @param index of the line in the text, counted from 0
 */
export function locateLine({ file, line, text, template }: PrintedText, index: number): string {
  const written = template === undefined ? undefined : lineInTemplate(template, text, index);
  return written === undefined ? `${file}:${line + index} (as rendered)` : `${file}:${written}`;
}

/** Index of the line on which the value at the path, or the nearest above it, begins. */
function lineOf(text: string, path: Path): number {
  let node: unknown = readYamlTree(text).contents;
  let offset = startOf(node);
  for (const step of path) {
    const next = child(node, step);
    if (next === undefined) break;
    node = next.value;
    offset = next.offset ?? offset;
  }
  return text.slice(0, offset ?? 0).split("\n").length - 1;
}

function child(node: unknown, step: string | number): { value: unknown; offset: number | undefined } | undefined {
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => isScalar(key) && key.value === step);
    return isPair(pair) ? { value: pair.value, offset: startOf(pair.key) } : undefined;
  }
  if (!isSeq(node) || typeof step !== "number") return undefined;
  const item = node.items[step];
  return item === undefined ? undefined : { value: item, offset: startOf(item) };
}

function startOf(node: unknown): number | undefined {
  const range = typeof node === "object" && node !== null && "range" in node ? node.range : undefined;
  const [start] = Array.isArray(range) ? (range as readonly unknown[]) : [];
  return typeof start === "number" ? start : undefined;
}

/**
 * The line of the template that was printed as the line at `index`: one that reads the same, and of several the one
 * before which most lines read the same too; `undefined` when none or no single one does. Counted from 1.
 */
function lineInTemplate(template: string, text: string, index: number): number | undefined {
  const written = template.split(/\r?\n/).map((line) => line.trim());
  const printed = text.split("\n").map((line) => line.trim());
  const wanted = printed[index];
  if (wanted === undefined || wanted === "") return undefined;
  const candidates = written.flatMap((line, at) =>
    line === wanted ? [{ line: at + 1, likeness: likeness(written, printed, [at, index]) }] : [],
  );
  const best = Math.max(...candidates.map((candidate) => candidate.likeness));
  const likeliest = candidates.filter((candidate) => candidate.likeness === best);
  return likeliest.length === 1 ? likeliest[0]?.line : undefined;
}

/** How many of the printed lines before the one at hand the template has in the same order before its own. */
function likeness(written: readonly string[], printed: readonly string[], [at, index]: readonly [number, number]) {
  let count = 0;
  let from = at - 1;
  for (let before = index - 1; before >= 0; before -= 1) {
    const found = written.lastIndexOf(printed[before] ?? "", from);
    if (found < 0 || from < 0) continue;
    count += 1 / (1 + from - found);
    from = found - 1;
  }
  return count;
}
