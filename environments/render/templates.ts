import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Fault } from "../../errors.js";
import type { JsonObject } from "../../kube/manifest.js";
import { ACTION } from "./twins/edit.js";
import { PACKED } from "./twins/twins.js";

/** What a look at a chart's files tells, before it is rendered. */
export interface ChartFiles {
  /** Paths of all its files. */
  readonly names: readonly string[];
  /** Text of the chart's files, by their path in the chart: `templates/web.yaml`. */
  readonly texts: Readonly<Record<string, string>>;
  /** How many more renderings show what is new each time: 0 when no template calls for one. */
  readonly twins: 0 | 1 | 2;
  readonly usesLookup: boolean;
  /** Files that cannot be read; `where` is the path in the chart. */
  readonly faults: readonly Fault[];
}

/**
 * Template functions whose result differs from one call to the next.
 * https://helm.sh/docs/chart_template_guide/function_list/
 */
const UNSTABLE = /(?<![.$\w])(rand\w+|gen[A-Z]\w+|uuidv4|shuffle|now|ago|htpasswd|bcrypt|encryptAES|getHostByName)\b/;
/** They give a map's in random order: only of two other orders is one surely another than the first. */
const UNORDERED = /(?<![.$\w])(keys|values)\b/;
const LOOKUP = /(?<![.$\w])lookup\b/;
/** Files that are no templates and that no template reads in practice. */
const OTHER = /\.(md|png|jpg|svg|ico|gif|woff2?)$|(^|\/)(LICENSE|OWNERS|NOTICE)$/;
/** Folders of tools, which helm packs only when nobody has told it not to. */
const SKIPPED = [".git", "node_modules"];

/**
 * Reads the files of a chart's folder, those of its subcharts with them.
 * @param values what is laid over the chart's own; `tpl` makes templates of them
 */
export async function readChartFiles(chart: string, values: JsonObject): Promise<ChartFiles> {
  const found = await list(chart, "");
  const files = await Promise.all(found.map((file) => readFound(chart, file)));
  const all = files.flatMap(({ name, text }) => (text === undefined ? [] : [{ name, text }]));
  const templates = [JSON.stringify(values), ...all.map(({ text }) => text)];
  const actions = templates.flatMap((text) => text.match(ACTION) ?? []);
  const uses = (functions: RegExp): boolean => actions.some((action) => functions.test(action));
  return {
    names: files.map(({ name }) => name),
    texts: Object.fromEntries(all.flatMap(({ name, text }) => (PACKED.test(name) ? [] : [[name, text]]))),
    twins: uses(UNORDERED) ? 2 : uses(UNSTABLE) ? 1 : 0,
    usesLookup: uses(LOOKUP),
    faults: files.flatMap(({ fault }) => fault ?? []),
  };
}

interface Found {
  /** Path in the chart. */
  readonly name: string;
  /** Of files that may be templates, or that templates may read. */
  readonly text?: string;
  readonly fault?: Fault;
}

/** The files below a folder; of a link, what it leads to. */
async function list(chart: string, folder: string): Promise<Found[]> {
  const entries = await readdir(join(chart, folder));
  const found = await Promise.all(
    entries.toSorted().map(async (entry): Promise<Found[]> => {
      if (SKIPPED.includes(entry)) return [];
      const name = join(folder, entry);
      try {
        const stats = await stat(join(chart, name));
        if (stats.isDirectory()) return await list(chart, name);
        return stats.isFile() ? [{ name }] : [];
      } catch (error) {
        const problem = `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
        return [{ name, fault: { where: name, problem, hint: "a link must lead to a file that is there" } }];
      }
    }),
  );
  return found.flat();
}

/** A packed subchart reads as one text: an archive of text files is those texts, one after the other. */
async function readFound(chart: string, file: Found): Promise<Found> {
  const { name, fault } = file;
  if (fault !== undefined || OTHER.test(name)) return file;
  const isPacked = PACKED.test(name);
  try {
    const content = await readFile(join(chart, name));
    return { name, text: isPacked ? gunzipSync(content).toString("latin1") : content.toString("utf8") };
  } catch (error) {
    const told = error instanceof Error ? error.message : String(error);
    const problem = isPacked ? `is no packed chart: ${told}` : `cannot be read: ${told}`;
    const hint = isPacked ? "helm dependency build makes it anew" : "chmod it, or take it out of the chart";
    return { name, fault: { where: name, problem, hint } };
  }
}
