import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, renameSync } from "node:fs";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { UserError } from "../../errors.js";
import { cacheFolder } from "../../sandbox/paths.js";
import { makeOnce, type Work } from "../../sandbox/tools/cache.js";
import { resolveHelm } from "../../sandbox/tools/helm.js";
import type { ChartReference } from "../catalogue.js";

export interface PullOptions {
  readonly work: Work;
  /** Path of helm. @default the one that `resolveHelm` finds */
  readonly helm?: string;
  /** @default the cache of ED8K */
  readonly cache?: string;
}

export type RemoteChart = Exclude<ChartReference, { readonly from: "folder" }>;

const TIMEOUT_MS = 120_000;

/**
 * The folder of a chart from a registry or a repository, pulled at first use: a published version never changes.
 * Who may pull is helm's own affair (`helm registry login`).
 * @throws UserError when it cannot be pulled
 */
export async function pullChart(
  chart: RemoteChart,
  { work, helm, cache = cacheFolder() }: PullOptions,
): Promise<string> {
  const where = chart.from === "oci" ? [chart.chart] : [chart.chart, "--repo", chart.repository];
  const args = ["pull", ...where, "--version", chart.version];
  const name = basename(chart.chart);
  const key = createHash("sha256").update(args.join("\n")).digest("hex").slice(0, 16);
  const folder = join(cache, "charts", `${name}-${chart.version}-${key}`);
  const make = async (parts: string): Promise<void> => {
    work.report(`pulling ${name} ${chart.version}`);
    const run = { helm: helm ?? (await resolveHelm(work)), cache, signal: work.signal };
    await pull([...args, "--untar", "--untardir", parts], chart, run);
    // Helm names the folder by the chart's own name, which may not be the reference's last part.
    const untarred = readdirSync(parts, { withFileTypes: true }).find((entry) => entry.isDirectory());
    if (untarred === undefined) throw new UserError(`${name} ${chart.version} is empty`);
    renameSync(join(parts, untarred.name), join(parts, CONTENT));
  };
  await makeOnce({ folder, files: [CONTENT], doing: `pulling ${name} ${chart.version}`, make }, work);
  return join(folder, CONTENT);
}

const CONTENT = "chart";

interface Run {
  readonly helm: string;
  readonly cache: string;
  readonly signal: AbortSignal | undefined;
}

async function pull(args: readonly string[], chart: RemoteChart, { helm, cache, signal }: Run): Promise<void> {
  // The indexes of repositories go to ED8K's cache; logins stay where helm keeps them.
  const env = { ...process.env, HELM_CACHE_HOME: join(cache, "helm") };
  try {
    await promisify(execFile)(helm, args, { env, timeout: TIMEOUT_MS, ...(signal ? { signal } : {}) });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    const from = chart.from === "oci" ? chart.chart : `${chart.chart} of ${chart.repository}`;
    throw new UserError(`the chart ${from}, version ${chart.version}, cannot be pulled: ${reason(cause)}`, {
      hint: "check the reference and the version in the catalogue; a private registry needs helm registry login first",
      cause,
    });
  }
}

/** What helm says last, on one line. */
function reason(error: unknown): string {
  const { stderr = "", killed } = error as { readonly stderr?: string; readonly killed?: boolean };
  if (killed) return `no answer within ${TIMEOUT_MS / 1000} s`;
  const line = stderr.trim().split("\n").at(-1) ?? "";
  return line.replace(/^Error: /, "") || (error as Error).message;
}
