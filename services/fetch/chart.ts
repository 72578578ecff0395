import { existsSync, readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { throwFaults, type Fault } from "../../errors.js";
import { checkDocument } from "../document/document.js";

/** What `Chart.yaml` says, as far as it matters here: https://helm.sh/docs/topics/charts/ */
export interface Chart {
  readonly name: string;
  readonly version: string;
}

const CHART_FILE = "Chart.yaml";

const chartSchema = z.looseObject({
  apiVersion: z.enum(["v1", "v2"]),
  name: z.string().min(1),
  version: z.string().min(1),
  dependencies: z.array(z.looseObject({ name: z.string().min(1) })).default([]),
});

/**
 * Reads a chart's `Chart.yaml` and checks that the charts it depends on are there.
 * @param shownAs the folder as messages tell it
 * @throws UserError (usage) that tells all faults
 */
export async function readChart(folder: string, shownAs: string): Promise<Chart> {
  const { chart, faults } = await checkChart(folder, shownAs);
  throwFaults("chart", faults);
  if (chart === undefined) throw new Error("unreachable: without a chart there are faults");
  return chart;
}

/** As `readChart`, with the faults as data. */
export async function checkChart(folder: string, shownAs: string): Promise<CheckedChart> {
  const text = await readFile(join(folder, CHART_FILE), "utf8").catch(() => undefined);
  if (text === undefined) {
    const problem = `is no chart: it ${existsSync(folder) ? `has no ${CHART_FILE}` : "does not exist"}`;
    return {
      chart: undefined,
      faults: [{ where: shownAs, problem, hint: "name the folder in which the Chart.yaml lies" }],
    };
  }
  const { value, faults, fault } = checkDocument({ text, file: `${shownAs}/${CHART_FILE}`, schema: chartSchema });
  if (value === undefined) return { chart: undefined, faults };
  const { name, version, dependencies } = value;
  const missing = missingDependencies(folder, dependencies);
  if (missing.length === 0) return { chart: { name, version }, faults: [] };
  const problem = `charts/ has no ${missing.join(", no ")}, which the chart depends on`;
  const hint = `helm dependency build ${shownAs}`;
  return { chart: undefined, faults: [fault({ path: ["dependencies"], at: "key", text: problem, hint })] };
}

export interface CheckedChart {
  readonly chart: Chart | undefined;
  readonly faults: readonly Fault[];
}

/** A dependency lies in `charts/` as a folder or as `<name>-<version>.tgz`; `helm dependency build` puts it there. */
function missingDependencies(folder: string, dependencies: readonly { readonly name: string }[]): readonly string[] {
  const charts = join(folder, "charts");
  const there = existsSync(charts) ? readdirSync(charts) : [];
  const names = dependencies.map(({ name }) => name);
  return names.filter((name) => !there.some((entry) => entry === name || isPacked(entry, name)));
}

function isPacked(entry: string, name: string): boolean {
  return entry.startsWith(`${name}-`) && /^v?\d.*\.tgz$/.test(entry.slice(name.length + 1));
}
