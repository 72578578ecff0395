import { existsSync } from "node:fs";
import { join } from "node:path";
import type { ChartSource } from "../../../environments/render/rendered.js";
import { pullChart, type PullOptions } from "../../../services/fetch/pull-chart.js";
import type { AddOnChart } from "./add-on.js";

/** Folder of charts that take the place of their registries: no other chart is used then. The sandbox sets it. */
export const CHARTS_VARIABLE = "ED8K_CHARTS";

export interface ChartPlaces extends PullOptions {
  /** What `$ED8K_CHARTS` says: a folder with `<chart>-<version>/` for each; `undefined`: charts are pulled. */
  readonly charts: string | undefined;
}

/**
 * Where an add-on's chart is on this machine, pulled at first use; `undefined` when `$ED8K_CHARTS` has it not.
 * @throws UserError when it cannot be pulled
 */
export async function locateChart({ name, from }: AddOnChart, places: ChartPlaces): Promise<ChartSource | undefined> {
  const address = from.from === "oci" ? from.chart : `${from.repository}/${from.chart}`;
  const source = `${address}:${from.version}`;
  if (places.charts === undefined) return { name, source, chart: await pullChart(from, places) };
  const chart = join(places.charts, chartFolder(name, from.version));
  return existsSync(join(chart, "Chart.yaml")) ? { name, source, chart } : undefined;
}

/** The folder of a chart below `$ED8K_CHARTS`. */
export function chartFolder(name: string, version: string): string {
  return `${name}-${version}`;
}
