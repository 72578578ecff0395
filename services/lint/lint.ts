import { readdir } from "node:fs/promises";
import { lintRendered } from "../../environments/bend/lint.js";
import type { Note } from "../../environments/plan/types.js";
import { locate } from "../../environments/render/locate.js";
import { renderService, type RenderResult } from "../../environments/render/render.js";
import type { RenderedService } from "../../environments/render/rendered.js";
import type { Fault } from "../../errors.js";
import { resolveHelm } from "../../sandbox/tools/helm.js";
import { VERSIONS } from "../../versions.js";
import { checkChart } from "../fetch/chart.js";
import { checkServiceFile } from "../parse-service.js";
import type { ResolvedService } from "../resolved.js";
import { LINT_RULES } from "./rules.js";
import { routeProblems } from "./routes.js";

export interface LintOptions {
  /** Path of helm. @default the one of `resolveHelm` */
  readonly helm?: string;
  readonly signal?: AbortSignal;
}

/** What an environment and the chart standard say of a chart. */
export interface LintReport {
  /** The chart's folder as messages tell it. */
  readonly chart: string;
  /** What must be mended. */
  readonly faults: readonly Fault[];
  /** What an environment would bend, and need not be mended. */
  readonly notes: readonly Note[];
}

/** Charts are rendered for an environment of this name and a cluster that allows all images. */
const ENVIRONMENT = "lint";
const FACTS = { domain: "ed8k.localhost", ingressClass: "ed8k", ingressPort: 80, allowedRegistries: [], images: [] };

/**
 * Checks a chart's folder: `Chart.yaml`, `ed8k.yaml`, and what it renders with its default values.
 * @param shownAs the folder as messages tell it
 */
export async function lintChart(folder: string, shownAs: string, options: LintOptions = {}): Promise<LintReport> {
  const { chart, faults: chartFaults } = await checkChart(folder, shownAs);
  const { definition, faults: serviceFaults, fault } = await checkServiceFile(folder, shownAs);
  const faults = [...chartFaults, ...serviceFaults, ...(await pulumiFaults(folder, shownAs))];
  if (chart === undefined || definition === undefined) return { chart: shownAs, faults, notes: [] };
  const service = { name: definition.name, version: chart.version, chart: folder, source: shownAs, definition };
  const { rendered, faults: renderFaults } = await render(service, options);
  if (rendered === undefined) return { chart: shownAs, faults: [...faults, ...renderFaults], notes: [] };
  const inEnvironment = lintRendered(rendered, { environment: ENVIRONMENT, facts: FACTS });
  const manifests = rendered.objects.map(({ manifest }) => manifest);
  const routeFaults = routeProblems(definition.routes, manifests).map((problem) => fault(problem));
  return {
    chart: shownAs,
    faults: [...faults, ...inEnvironment.faults, ...standardFaults(rendered), ...routeFaults],
    notes: inEnvironment.notes,
  };
}

async function render(service: ResolvedService, { helm, signal }: LintOptions): Promise<RenderResult> {
  return renderService(service, {
    environment: ENVIRONMENT,
    kubernetesVersion: VERSIONS.kubernetes,
    values: {},
    helm: helm ?? (await resolveHelm()),
    ...(signal === undefined ? {} : { signal }),
  });
}

function standardFaults(rendered: RenderedService): readonly Fault[] {
  const own = rendered.objects.filter(({ file }) => !file.startsWith(`${rendered.service.source}/charts/`));
  return own.flatMap((object) =>
    Object.entries(LINT_RULES).flatMap(([rule, find]) =>
      find(object).map(({ path, problem, hint }) => ({
        where: locate(rendered, object, path),
        problem: `${problem} [${rule}]`,
        hint,
      })),
    ),
  );
}

/** Resources outside the cluster are made from claims, with the environment's names and tags; never by a chart's own program. */
async function pulumiFaults(folder: string, shownAs: string): Promise<readonly Fault[]> {
  const files = await readdir(folder, { recursive: true }).catch(() => []);
  return files
    .filter((file) => /(^|\/)Pulumi(\.[^/]+)?\.ya?ml$/.test(file))
    .map((file) => ({
      where: `${shownAs}/${file}`,
      problem: "a chart brings no Pulumi program [pulumi]",
      hint: "claim what the service needs under resources in ed8k.yaml",
    }));
}
