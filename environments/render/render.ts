import { availableParallelism } from "node:os";
import { throwFaults, UserError, type Fault } from "../../errors.js";
import type { JsonObject } from "../../kube/manifest.js";
import { resolveHelm } from "../../sandbox/tools/helm.js";
import type { ResolvedService } from "../../services/resolved.js";
import { explainFailure } from "./failures.js";
import { runHelm, type HelmRun } from "./helm.js";
import { markUnstable, readObjects } from "./objects.js";
import type { ChartSource, RenderedChart, RenderedService } from "./rendered.js";
import { readChartFiles } from "./templates.js";
import { runTwins } from "./twins/twins.js";

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
 * Renders charts with `helm template`, several at a time, each as soon as it is known: while other charts are still
 * looked for. Of those with functions that give something else each time, twins are rendered, to find what that concerns.
 */
export class Rendering {
  readonly #options: RenderOptions;
  readonly #helm: Promise<string>;
  readonly #results = new Map<string, Promise<RenderResult>>();
  readonly #waiting: (() => void)[] = [];
  readonly #stopped = new AbortController();
  #free = availableParallelism() * RUNS_PER_CORE;

  constructor(options: RenderOptions) {
    const signals = [this.#stopped.signal, ...(options.signal === undefined ? [] : [options.signal])];
    this.#options = { ...options, signal: AbortSignal.any(signals) };
    this.#helm = options.helm === undefined ? resolveHelm() : Promise.resolve(options.helm);
    // Told by whoever waits for a result; nobody may.
    this.#helm.catch(() => undefined);
  }

  /** Begins to render a chart. */
  add(service: ResolvedService): void {
    const result = this.#render(service);
    result.catch(() => undefined);
    this.#results.set(service.name, result);
  }

  /**
   * What the charts of these services make; every one was added.
   * @throws UserError that tells the faults of all charts: what helm cannot render, what is no valid YAML
   */
  async results(services: readonly ResolvedService[]): Promise<readonly RenderedService[]> {
    const results = await Promise.all(services.map(({ name }) => this.#result(name)));
    throwFaults(
      `charts of ${this.#options.environment}`,
      results.flatMap(({ faults }) => faults),
    );
    return results.flatMap(({ rendered }) => rendered ?? []);
  }

  /** Ends what is still running; for when nobody wants the results any more. */
  stop(): void {
    this.#stopped.abort();
  }

  async #result(name: string): Promise<RenderResult> {
    try {
      return await (this.#results.get(name) ?? Promise.reject(new Error(`the chart of ${name} was not added`)));
    } catch (error) {
      if (this.#options.signal?.aborted !== true) throw error;
      throw new UserError("interrupted while charts were rendered; nothing was changed", { exit: "interrupted" });
    }
  }

  async #render(service: ResolvedService): Promise<RenderResult> {
    const helm = await this.#helm;
    await this.#slot();
    try {
      this.#options.signal?.throwIfAborted();
      return await renderService(service, { ...this.#options, helm });
    } finally {
      this.#free += 1;
      this.#waiting.shift()?.();
    }
  }

  async #slot(): Promise<void> {
    while (this.#free === 0) await new Promise<void>((go) => this.#waiting.push(go));
    this.#free -= 1;
  }
}

/** What came of one chart: its objects, or why there are none. */
export interface RenderResult {
  readonly rendered?: RenderedService;
  readonly faults: readonly Fault[];
}

/** Renders one service's chart, with the faults as data; rejects when the signal aborts it. */
export async function renderService(
  service: ResolvedService,
  { environment, kubernetesVersion, values, helm, signal }: RenderOptions & { readonly helm: string },
): Promise<RenderResult> {
  const { rendered, faults } = await renderChart(service, {
    ...{ helm, namespace: environment, kubernetesVersion, values: values[service.name] ?? {} },
    ...(signal === undefined ? {} : { signal }),
  });
  return { ...(rendered === undefined ? {} : { rendered: { service, ...rendered } }), faults };
}

/** Renders any chart, with the faults as data; rejects when the signal aborts it. */
export async function renderChart(
  source: ChartSource,
  options: Omit<HelmRun, "release" | "chart">,
): Promise<{ readonly rendered?: RenderedChart; readonly faults: readonly Fault[] }> {
  const { names, texts, twins, usesLookup, faults } = await readChartFiles(source.chart, options.values);
  if (faults.length > 0) {
    return { faults: faults.map((fault) => ({ ...fault, where: `${source.source}/${fault.where}` })) };
  }
  const files = Object.fromEntries(Object.entries(texts).map(([path, text]) => [`${source.source}/${path}`, text]));
  const run: HelmRun = { ...options, release: source.name, chart: source.chart };
  const [first, others] = await Promise.all([runHelm(run), runTwins(run, { names, count: twins })]);
  if (!first.ok) return { faults: await explainFailure(source, first.stderr, { files, run }) };
  const read = readObjects(source, first.stdout, files);
  if (read.faults.length > 0) return { faults: read.faults };
  const twinObjects = others.filter(({ ok }) => ok).map(({ stdout }) => readObjects(source, stdout, files).objects);
  const marked = markUnstable(files, read.objects, twinObjects);
  return { rendered: { objects: marked.objects, files, usesLookup }, faults: marked.faults };
}
