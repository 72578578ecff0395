import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { chartFolder } from "../../cluster/platform/add-ons/charts.js";
import { VERSIONS } from "../../versions.js";
import { checkSpace } from "../machine/disk.js";
import { cacheFolder } from "../paths.js";
import { makeOnce, type Work } from "../tools/cache.js";
import { downloadModule } from "./go-module.js";
import { CHART_SOURCES, type ChartSource } from "./sources.js";

export interface ChartsOptions {
  /** False: only charts that define kinds; on real nodes the images of the others would have to be pulled. */
  readonly runs: boolean;
  /** @default the cache of ED8K */
  readonly cache?: string;
}

/** Charts of the platform's add-ons that are on this machine. */
export interface SandboxCharts {
  /** For `$ED8K_CHARTS`. */
  readonly folder: string;
  /** Names of the platform's charts that are not in it, whose add-ons the sandbox does without. */
  readonly missing: readonly string[];
}

/** The charts, unpacked. */
const BYTES = 20 * 1024 ** 2;

/**
 * Charts without a registry: out of Go modules, once for this machine.
 * @throws UserError when there is no Go, the modules cannot be fetched, or the disk is full
 */
export async function resolveCharts(
  work: Work,
  { runs, cache = cacheFolder() }: ChartsOptions,
): Promise<SandboxCharts> {
  const sources = CHART_SOURCES.filter((source) => runs || !source.runs);
  const folder = join(cache, "charts", `sandbox-${key(sources)}`);
  const files = sources.map(({ name, version }) => chartFolder(name, version));
  const make = async (parts: string): Promise<void> => {
    checkSpace({ folder, bytes: BYTES, purpose: "to unpack charts" });
    for (const source of sources) {
      work.report(`${source.name} ${source.version}: fetching the chart as a Go module, once for this machine`);
      const from = join(await downloadModule(source.module, work.signal), source.path);
      release(source, from, join(parts, chartFolder(source.name, source.version)));
    }
  };
  await makeOnce({ folder, files, doing: "unpacking charts", make }, work);
  const known = new Set([...Object.keys(VERSIONS.charts), ...CHART_SOURCES.map(({ name }) => name)]);
  return { folder, missing: [...known].filter((name) => sources.every((source) => source.name !== name)) };
}

/** Copies a chart as its publisher would release it. Go's own files cannot be written, and neither could copies with their modes. */
function release({ release: changes, renamed = {} }: ChartSource, from: string, to: string): void {
  for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = relative(from, join(entry.parentPath, entry.name));
    const name = renamed[path] ?? path;
    const text = readFileSync(join(from, path), "utf8");
    mkdirSync(dirname(join(to, name)), { recursive: true });
    writeFileSync(join(to, name), changes[name]?.(text) ?? text);
  }
}

function key(sources: readonly ChartSource[]): string {
  const decides = sources.map(({ release: changes, ...source }) => [source, Object.values(changes).map(String)]);
  return createHash("sha256").update(JSON.stringify(decides)).digest("hex").slice(0, 12);
}
