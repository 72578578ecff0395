import type { Json, JsonObject } from "../../kube/manifest.js";
import { parseQuantity } from "../../kube/quantity.js";
import { asObject, objectsIn } from "../bend/manifests.js";
import { DEFAULT_REQUESTS } from "../size.js";
import type { Resources } from "./types.js";

/** What the quota of an environment counts. */
export const RESOURCES = [
  "requests.cpu",
  "requests.memory",
  "limits.memory",
  "requests.storage",
  "persistentvolumeclaims",
  "pods",
] as const satisfies readonly (keyof Resources)[];

export const NOTHING = Object.fromEntries(RESOURCES.map((key) => [key, 0])) as Record<keyof Resources, number>;

/**
 * What one pod counts for. Init containers run one after the other and before the others, so the largest of these
 * times counts; one that is restarted always (a sidecar) runs on, beside all that come after it.
 * https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers
 */
export function podUse(spec: JsonObject): Resources {
  let sidecars: Resources = NOTHING;
  let starting: Resources = NOTHING;
  for (const container of objectsIn(spec["initContainers"])) {
    const use = containerUse(container);
    if (container["restartPolicy"] === "Always") sidecars = add(sidecars, use);
    starting = larger(starting, container["restartPolicy"] === "Always" ? sidecars : add(sidecars, use));
  }
  const running = objectsIn(spec["containers"]).map(containerUse).reduce(add, sidecars);
  const volumes = objectsIn(spec["volumes"]).flatMap(ephemeralVolume).map(volumeUse);
  const containers = withPodLevel(larger(starting, running), asObject(spec["resources"]));
  return volumes.reduce(add, { ...containers, pods: 1 });
}

function containerUse(container: JsonObject): Resources {
  const { requests, limits } = resourcesOf(asObject(container["resources"]));
  const memoryLimit = limits["memory"] ?? DEFAULT_REQUESTS.memoryLimit;
  return {
    ...NOTHING,
    // As the API server does it: a limit without a request is the request.
    "requests.cpu": quantity(requests["cpu"] ?? limits["cpu"] ?? DEFAULT_REQUESTS.cpu),
    "requests.memory": quantity(requests["memory"] ?? limits["memory"] ?? DEFAULT_REQUESTS.memory),
    "limits.memory": quantity(memoryLimit),
  };
}

/**
 * What a pod says for itself counts in place of its containers' sum.
 * https://kubernetes.io/docs/tasks/configure-pod-container/assign-pod-level-resources/
 */
function withPodLevel(use: Resources, resources: JsonObject): Resources {
  const { requests, limits } = resourcesOf(resources);
  const counted = {
    "requests.cpu": requests["cpu"],
    "requests.memory": requests["memory"],
    "limits.memory": limits["memory"],
  };
  const set = Object.entries(counted).flatMap(([key, value]) => (isSet(value) ? [[key, quantity(value)]] : []));
  return { ...use, ...(Object.fromEntries(set) as Partial<Resources>) };
}

function isSet(value: Json | undefined): value is Json {
  return value !== undefined && value !== null;
}

function resourcesOf(resources: JsonObject): { readonly requests: JsonObject; readonly limits: JsonObject } {
  return { requests: asObject(resources["requests"]), limits: asObject(resources["limits"]) };
}

/** A volume that is made for each pod. https://kubernetes.io/docs/concepts/storage/ephemeral-volumes/#generic-ephemeral-volumes */
function ephemeralVolume(volume: JsonObject): JsonObject[] {
  const claim = asObject(volume["ephemeral"])["volumeClaimTemplate"];
  return isSet(claim) ? [asObject(asObject(claim)["spec"])] : [];
}

/** What a volume claim counts for, by its spec. */
export function volumeUse(spec: JsonObject): Resources {
  const storage = asObject(asObject(spec["resources"])["requests"])["storage"] ?? 0;
  return { ...NOTHING, persistentvolumeclaims: 1, "requests.storage": quantity(storage) };
}

export function add(a: Resources, b: Resources): Resources {
  return combine(a, b, (x, y) => x + y);
}

function larger(a: Resources, b: Resources): Resources {
  return combine(a, b, Math.max);
}

export function times(a: Resources, factor: number): Resources {
  return combine(a, NOTHING, (x) => x * factor);
}

function combine(a: Resources, b: Resources, how: (x: number, y: number) => number): Resources {
  return Object.fromEntries(RESOURCES.map((key) => [key, how(a[key], b[key])])) as Record<keyof Resources, number>;
}

/** What is no quantity was refused before (environments/bend). */
function quantity(value: Json): number {
  return parseQuantity(value) ?? 0;
}
