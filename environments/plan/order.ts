import type { BentObject, Phase } from "../bend/context.js";
import { isConfiguration, podTemplatePath } from "../bend/kinds.js";
import { formatPath, valueAt, wholeLists } from "../render/paths.js";
import type { PlannedObject } from "./types.js";

export interface ChartObject extends PlannedObject {
  readonly phase: Phase;
  readonly weight: number;
}

export interface OrderedParts {
  readonly claims: readonly PlannedObject[];
  readonly bindings: readonly PlannedObject[];
  readonly chart: readonly ChartObject[];
  /** Ids of the environment's own objects that must be there before a pod starts. */
  readonly walls: readonly string[];
}

/**
 * The objects of a service, each after what it cannot do without, and everything else at the same time:
 * - pods come after the environment's walls, the service's bindings and the settings, secrets and identities of the chart;
 *   the kubelet would find them later too, but only with its next try;
 * - hooks before the rest (migrations) come after the claims too, for they fail where a pod would try again;
 * - hooks after the rest come after all that the chart has, but do not wait until its pods are ready: nor does Helm,
 *   and charts rely on it, whose pods become ready only once such a hook has filled the database.
 *
 * Services are not made one after the other: a service that is not there yet looks to others like one that restarts,
 * which happens every day, and waiting would make the environment as slow as the sum of its services.
 */
export function inOrder({ claims, bindings, chart, walls }: OrderedParts): PlannedObject[] {
  const settings = [
    ...bindings,
    ...chart.filter(({ manifest, phase }) => isConfiguration(manifest) && phase !== "after"),
  ];
  const rest = chart.filter((object) => !settings.includes(object));
  const claimSettings = claims.filter(({ manifest }) => isConfiguration(manifest)).map(({ id }) => id);
  const ordered: PlannedObject[] = [
    ...claims.map((object) => startsAfter(object, [...walls, ...claimSettings])),
    ...settings,
  ];
  const needed = [...walls, ...ids(settings)];
  let earlier = ids(claims);
  const before = rest.filter(({ phase }) => phase === "before");
  for (const group of byWeight(before)) {
    ordered.push(...group.map((hook) => comesAfter(hook, [...needed, ...earlier])));
    earlier = ids(group);
  }
  const hooks = ids(before);
  const main = rest
    .filter(({ phase }) => phase === "main")
    .map((object) => comesAfter(startsAfter(object, needed), hooks));
  ordered.push(...main);
  const made = main.filter(({ manifest }) => podTemplatePath(manifest) === undefined);
  earlier = [...needed, ...ids(claims), ...hooks, ...ids(made)];
  for (const group of byWeight(rest.filter(({ phase }) => phase === "after"))) {
    ordered.push(...group.map((hook) => comesAfter(hook, earlier)));
    earlier = ids(group);
  }
  return ordered.map(plain);
}

/** Takes off what the order alone needed. */
function plain({ id, manifest, after, ignoreChanges, secretData }: PlannedObject): PlannedObject {
  return { id, manifest, after, ignoreChanges, ...(secretData === undefined ? {} : { secretData }) };
}

function startsAfter<T extends PlannedObject>(object: T, others: readonly string[]): T {
  return podTemplatePath(object.manifest) === undefined ? object : comesAfter(object, others);
}

function comesAfter<T extends PlannedObject>(object: T, others: readonly string[]): T {
  return { ...object, after: [...new Set([...object.after, ...others])].filter((id) => id !== object.id) };
}

/** Hooks of one weight run at the same time, those of the next after them. */
function byWeight(hooks: readonly ChartObject[]): readonly (readonly ChartObject[])[] {
  const weights = [...new Set(hooks.map(({ weight }) => weight))].toSorted((a, b) => a - b);
  return weights.map((weight) => hooks.filter((hook) => hook.weight === weight));
}

function ids(objects: readonly PlannedObject[]): string[] {
  return objects.map(({ id }) => id);
}

/** An object of a chart as the stack registers it. */
export function toPlanned({ manifest, origin, once }: BentObject, service: string): PlannedObject {
  const paths = wholeLists([...origin.unstable, ...(once ? [["spec"]] : [])]);
  return {
    id: `${service}/${manifest.kind}/${manifest.metadata.name}`,
    manifest,
    after: [],
    // What was bent away cannot be ignored: the engine refuses a path that is not there.
    ignoreChanges: paths.filter((path) => valueAt(manifest, path) !== undefined).map(formatPath),
  };
}
