import { availableParallelism } from "node:os";
import { throwFaults, UserError, type Fault } from "../../errors.js";
import type { JsonObject } from "../../kube/manifest.js";
import { resolveHelm } from "../../sandbox/tools/helm.js";
import type { ResolvedService } from "../../services/resolved.js";
import { explainFailure } from "./failures.js";
import { runHelm, type HelmRun } from "./helm.js";
import { markUnstable, readObjects } from "./objects.js";
import type { RenderedService } from "./rendered.js";
import { readChartFiles } from "./templates.js";

export interface RenderOptions {
  /** Name of the environment: the namespace that charts are rendered for. */
  readonly environment: string;
  /** Such as `1.36.3`: what charts see as `.Capabilities.KubeVersion`. */
  readonly kubernetesVersion: string;
  /** Helm values by service, laid over those of the chart. */
  readonly values: Readonly<Record<string, JsonObject>>;
  /** Path of helm. @default the one of `resolveHelm` */
  readonly helm?: string;
  readonly signal?: AbortSignal;
}

/** helm uses one core each, and waits for the disk now and then. */
const RUNS_PER_CORE = 2;

/**
 * Renders charts with `helm template`, several at a time.
 * Those with functions that give something else each time are rendered twice, to find what that concerns.
 * @throws UserError that tells the faults of all charts: what helm cannot render, what is no valid YAML
 */
export async function renderServices(
  services: readonly ResolvedService[],
  options: RenderOptions,
): Promise<readonly RenderedService[]> {
  const helm = options.helm ?? (await resolveHelm());
  const results: RenderResult[] = Array.from({ length: services.length });
  const queue = services.entries();
  const work = async (): Promise<void> => {
    for (const [index, service] of queue) results[index] = await renderService(service, { ...options, helm });
  };
  try {
    await Promise.all(Array.from({ length: availableParallelism() * RUNS_PER_CORE }, work));
  } catch (error) {
    if (options.signal?.aborted !== true) throw error;
    throw new UserError("interrupted while charts were rendered; nothing was changed", { exit: "interrupted" });
  }
  throwFaults(
    `charts of ${options.environment}`,
    results.flatMap(({ faults }) => faults),
  );
  return results.flatMap(({ rendered }) => rendered ?? []);
}

/** What came of one chart: its objects, or why there are none. */
export interface RenderResult {
  readonly rendered?: RenderedService;
  readonly faults: readonly Fault[];
}

/** As `renderServices` for one chart, with the faults as data; rejects when the signal aborts it. */
export async function renderService(
  service: ResolvedService,
  { environment, kubernetesVersion, values: all, helm, signal }: RenderOptions & { readonly helm: string },
): Promise<RenderResult> {
  const values = all[service.name] ?? {};
  const { texts, unstable, usesLookup } = await readChartFiles(service.chart, values);
  const files = Object.fromEntries(Object.entries(texts).map(([path, text]) => [`${service.source}/${path}`, text]));
  const names = { release: service.name, namespace: environment, chart: service.chart };
  const run: HelmRun = { helm, ...names, kubernetesVersion, values, ...(signal === undefined ? {} : { signal }) };
  const [first, second] = await Promise.all([runHelm(run), unstable ? runHelm(run) : undefined]);
  if (!first.ok) return { faults: await explainFailure(service, first.stderr, { files, run }) };
  const read = readObjects(service, first.stdout, files);
  if (read.faults.length > 0) return { faults: read.faults };
  if (second?.ok !== true) return { rendered: { service, objects: read.objects, files, usesLookup }, faults: [] };
  const marked = markUnstable(files, read.objects, readObjects(service, second.stdout, files).objects);
  return { rendered: { service, objects: marked.objects, files, usesLookup }, faults: marked.faults };
}
