import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { JsonObject } from "../../kube/manifest.js";

/** What a look at a chart's files tells, before it is rendered. */
export interface ChartFiles {
  /** Text of the chart's files, by their path in the chart: `templates/web.yaml`. */
  readonly texts: Readonly<Record<string, string>>;
  /** True when a template may give something else each time, so that a second rendering is worth its cost. */
  readonly unstable: boolean;
  readonly usesLookup: boolean;
}

/**
 * Template functions whose result differs from one call to the next. `keys` and `values` give a map's in random order;
 * the functions of dates take the present where they get no date.
 * https://helm.sh/docs/chart_template_guide/function_list/
 */
const UNSTABLE =
  /(?<![.$\w])(rand\w+|gen[A-Z]\w+|uuidv4|shuffle|now|ago|date|htmlDate|dateInZone|date_in_zone|htmlDateInZone|htpasswd|bcrypt|encryptAES|keys|values|getHostByName)\b/;
const LOOKUP = /(?<![.$\w])lookup\b/;
const ACTION = /\{\{(?!-?\s*\/\*)[\s\S]*?\}\}/g;
/** Files that are no templates and that no template reads in practice. */
const OTHER = /\.(md|png|jpg|svg|ico|gif|woff2?)$|(^|\/)(LICENSE|OWNERS|NOTICE)$/;
const PACKED = /\.(tgz|tar\.gz)$/;

/**
 * Reads the files of a chart's folder, those of its subcharts with them.
 * @param values what is laid over the chart's own; `tpl` makes templates of them
 */
export async function readChartFiles(chart: string, values: JsonObject): Promise<ChartFiles> {
  const names = await readdir(chart, { recursive: true });
  const wanted = names.filter((name) => !OTHER.test(name));
  const read = await Promise.all(wanted.map((name) => readText(join(chart, name))));
  const all = wanted.map((name, index) => [name, read[index]] as const).filter(isText);
  const templates = [JSON.stringify(values), ...all.map(([, text]) => text)];
  const actions = templates.flatMap((text) => text.match(ACTION) ?? []);
  return {
    texts: Object.fromEntries(all.filter(([name]) => !PACKED.test(name))),
    unstable: actions.some((action) => UNSTABLE.test(action)),
    usesLookup: actions.some((action) => LOOKUP.test(action)),
  };
}

/** A packed subchart reads as one text: an archive of text files is those texts, one after the other. */
async function readText(path: string): Promise<string | undefined> {
  if (!(await stat(path)).isFile()) return undefined;
  const content = await readFile(path);
  return PACKED.test(path) ? gunzipSync(content).toString("latin1") : content.toString("utf8");
}

function isText(entry: readonly [string, string | undefined]): entry is readonly [string, string] {
  return entry[1] !== undefined;
}
