import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { Json, JsonObject } from "../../../kube/manifest.js";
import { isJsonObject } from "../../../kube/object.js";
import { runHelm, type HelmResult, type HelmRun } from "../helm.js";
import { changeArchive } from "./archive.js";
import { EDITS, editTemplate, type Edits } from "./edit.js";

/** Packed charts. */
export const PACKED = /\.(tgz|tar\.gz)$/;

export interface TwinOptions {
  /** Paths in the chart of the files that may hold templates. */
  readonly names: readonly string[];
  /** How many, at most 2. */
  readonly count: number;
}

/** Renders copies of a chart in which what may be new each time surely is; nothing else of them differs. */
export function runTwins(run: HelmRun, { names, count }: TwinOptions): Promise<HelmResult[]> {
  return Promise.all(EDITS.slice(0, count).map((edits) => runTwin(run, names, edits)));
}

async function runTwin(run: HelmRun, names: readonly string[], edits: Edits): Promise<HelmResult> {
  const folder = await mkdtemp(join(tmpdir(), "ed8k-twin-"));
  try {
    const chart = join(folder, basename(run.chart));
    await Promise.all(names.map((name) => copy(name, { from: run.chart, to: chart, edits })));
    const twin = await runHelm({ ...run, chart, values: editValues(run.values, edits) as JsonObject });
    // An edit may be more than a strange template bears; then a second rendering of the chart itself has to do.
    return twin.ok ? twin : await runHelm(run);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Copy {
  readonly from: string;
  readonly to: string;
  readonly edits: Edits;
}

async function copy(name: string, { from, to, edits }: Copy): Promise<void> {
  // Makes the folders above, and a file of what a link leads to.
  await cp(join(from, name), join(to, name), { dereference: true });
  const content = await readFile(join(from, name));
  const edited = editFile(name, content, edits);
  if (!edited.equals(content)) await writeFile(join(to, name), edited);
}

function editFile(name: string, content: Buffer, edits: Edits): Buffer {
  if (PACKED.test(name)) return changeArchive(content, (inner, text) => editFile(inner, text, edits));
  // Each byte is a letter, so that what is no text stays as it is.
  return Buffer.from(editTemplate(content.toString("latin1"), edits), "latin1");
}

/** `tpl` makes templates of values. */
function editValues(value: Json | undefined, edits: Edits): Json | undefined {
  if (typeof value === "string") return editTemplate(value, edits);
  if (Array.isArray(value)) return value.map((item: Json) => editValues(item, edits) ?? null);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, editValues(item, edits)]));
}
