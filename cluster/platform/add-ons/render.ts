import { podTemplatePath } from "../../../environments/bend/kinds.js";
import { inOrder } from "../../../environments/plan/order.js";
import type { PlannedObject } from "../../../environments/plan/types.js";
import { renderChart } from "../../../environments/render/render.js";
import type { RenderedObject } from "../../../environments/render/rendered.js";
import { throwFaults, type Fault } from "../../../errors.js";
import { PRIORITIES } from "../../../naming.js";
import { resolveHelm } from "../../../sandbox/tools/helm.js";
import { platformObject } from "../object.js";
import type { AddOnChart } from "./add-on.js";
import { type ChartPlaces, locateChart } from "./charts.js";
import { ADD_ON_NAMESPACES } from "./common.js";
import { chartObjects, type ChartPlace, definedKind, definedScopes, groupKind, isDefinition } from "./objects.js";
import type { AddOnPlan } from "./plan.js";

export interface AddOnRendering extends ChartPlaces, Pick<ChartPlace, "images"> {
  /** Such as `1.36.3`: what charts see as `.Capabilities.KubeVersion`. */
  readonly kubernetesVersion: string;
  /** Hears, in one sentence each, which parts are left out and why. */
  readonly warn: (message: string) => void;
}

/**
 * What add-ons put into the cluster, to be registered after the platform's own objects, in this order: definitions of
 * kinds, then each add-on's charts, then our objects. Where `$ED8K_CHARTS` lacks a chart, what needs it is left out.
 * @throws UserError that tells the faults of all charts, or which of them cannot be pulled
 */
export async function renderAddOns(
  plans: readonly AddOnPlan[],
  options: AddOnRendering,
): Promise<readonly PlannedObject[]> {
  const charts = await renderCharts(
    plans.flatMap((plan) => plan.charts),
    options,
  );
  const rendered = [...charts.values()].flat();
  const scopes = definedScopes(rendered);
  const definitions: PlannedObject[] = [];
  const others: PlannedObject[] = [];
  /** By add-on: what runs it, which our objects and those of others come after. */
  const runners = new Map<string, readonly string[]>();
  for (const plan of plans) {
    if (isLeftOut(plan, charts, options)) continue;
    const needed = plan.needs.flatMap((need) => runners.get(need) ?? []);
    const made = plan.charts.flatMap(({ name: chart, namespace }) => {
      const objects = chartObjects(charts.get(chart) ?? [], { chart, namespace, images: options.images, scopes });
      return inOrder({ claims: [], bindings: [], walls: [], chart: objects }).map(afterRights);
    });
    const parts = made.filter(({ manifest }) => !isDefinition(manifest));
    const running = parts.filter(({ manifest }) => podTemplatePath(manifest) !== undefined).map(({ id }) => id);
    runners.set(plan.name, [...needed, ...running]);
    definitions.push(...made.filter(({ manifest }) => isDefinition(manifest)));
    others.push(...parts, ...plan.objects.map((object) => platformObject(object, runners.get(plan.name))));
  }
  const namespaces = Object.values(ADD_ON_NAMESPACES).map(addOnNamespace);
  return [...namespaces, ...definitions, ...others.map((object) => afterItsOwn(object, definitions))];
}

/** What each chart makes; those that are not to be had are not in it. */
async function renderCharts(
  charts: readonly AddOnChart[],
  options: AddOnRendering,
): Promise<ReadonlyMap<string, readonly RenderedObject[]>> {
  const helm = options.helm ?? (await resolveHelm(options.work));
  const { signal } = options.work;
  const faults: Fault[] = [];
  const entries = await Promise.all(
    charts.map(async (chart) => {
      const source = await locateChart(chart, { ...options, helm });
      if (source === undefined) return [];
      const result = await renderChart(source, {
        ...{ helm, namespace: chart.namespace, values: chart.values, includeCrds: true },
        kubernetesVersion: options.kubernetesVersion,
        ...(signal === undefined ? {} : { signal }),
      });
      faults.push(...result.faults);
      return [[chart.name, result.rendered?.objects ?? []] as const];
    }),
  );
  throwFaults("add-ons", faults, "failed");
  return new Map(entries.flat());
}

/** Told where it is so; an add-on whose definitions are there goes without what runs it. */
function isLeftOut(plan: AddOnPlan, charts: ReadonlyMap<string, unknown>, { charts: folder, warn }: AddOnRendering) {
  if (folder !== undefined && plan.eksAddOn !== undefined) {
    warn(`the add-on ${plan.name} is left out: its kinds come with EKS' ${plan.eksAddOn}, which nothing runs here`);
    return true;
  }
  const missing = plan.charts.filter(({ name }) => !charts.has(name)).map(({ name }) => name);
  if (missing.length === 0) return false;
  const isAll = missing.includes(plan.charts[0]?.name ?? "");
  const what = isAll ? `the add-on ${plan.name} is left out` : `nothing runs the add-on ${plan.name}`;
  warn(`${what}: ${folder ?? ""} has no chart ${missing.join(", ")}`);
  return isAll;
}

/** Pod Security `baseline`: no add-on needs more. */
function addOnNamespace(name: string): PlannedObject {
  const labels = { "pod-security.kubernetes.io/enforce": "baseline" };
  // Their pods have the platform's priority, which must be there.
  return platformObject({ apiVersion: "v1", kind: "Namespace", metadata: { name, labels } }, [
    `PriorityClass/${PRIORITIES.platform}`,
  ]);
}

/** What runs loses its rights last: without them it could not clean up after objects that wait for it to be gone. */
function afterRights(object: PlannedObject, _: number, all: readonly PlannedObject[]): PlannedObject {
  if (!["Deployment", "StatefulSet"].includes(object.manifest.kind)) return object;
  const rights = all.filter(({ manifest }) => ["ClusterRole", "ClusterRoleBinding"].includes(manifest.kind));
  return { ...object, after: [...object.after, ...rights.map(({ id }) => id)] };
}

/** Comes after its namespace, and after the definition of its kind. */
function afterItsOwn(object: PlannedObject, definitions: readonly PlannedObject[]): PlannedObject {
  const { manifest, after } = object;
  const definition = definitions.find((other) => definedKind(other.manifest) === groupKind(manifest));
  const { namespace = "" } = manifest.metadata;
  const isOurs = (Object.values(ADD_ON_NAMESPACES) as readonly string[]).includes(namespace);
  const own = [...(isOurs ? [`Namespace/${namespace}`] : []), ...(definition === undefined ? [] : [definition.id])];
  return { ...object, after: [...own, ...after] };
}
