import { throwFaults, type Fault } from "../../errors.js";
import type { Json, JsonObject, Manifest } from "../../kube/manifest.js";
import { formatBytes, formatCores, isSameAmount, parseQuantity } from "../../kube/quantity.js";
import { DEFAULT_REQUESTS, hardOf, SIZES, type Size } from "../size.js";
import type { PlannedObject, Resources } from "./types.js";

export const RESOURCES = [
  "requests.cpu",
  "requests.memory",
  "limits.memory",
  "requests.storage",
  "persistentvolumeclaims",
  "pods",
] as const satisfies readonly (keyof Resources)[];

const NOTHING = Object.fromEntries(RESOURCES.map((key) => [key, 0])) as Record<keyof Resources, number>;

/** What the quota will count once all of `objects` run: requests of every pod at full replicas, and all volumes. */
export function quotaUse(objects: readonly PlannedObject[]): Resources {
  return objects.map(({ manifest }) => useOf(manifest)).reduce(add, NOTHING);
}

/** @throws UserError that tells each resource that does not fit, and the smallest size in which all fits */
export function validateQuota(environment: string, size: Size, used: Resources): void {
  const faults = over(size, used).map<Fault>((key) => ({
    where: key,
    problem: `the services need ${formatAmount(used[key], key)}, size ${size} allows ${formatAmount(hardOf(size)[key], key)}`,
  }));
  const fitting = SIZES.find((other) => over(other, used).length === 0);
  const next = fitting === undefined ? "start fewer services" : `choose --size ${fitting}, or start fewer services`;
  const [first, ...others] = faults;
  if (first === undefined) return;
  throwFaults(`${environment} does not fit its quota`, [{ ...first, hint: next }, ...others], "failed");
}

/** An amount of a resource as Kubernetes writes it: `500m`, `12Gi`, `30`. */
export function formatAmount(amount: number, resource: keyof Resources): string {
  if (resource === "requests.cpu") return formatCores(amount);
  return resource === "pods" || resource === "persistentvolumeclaims" ? String(amount) : formatBytes(amount);
}

function over(size: Size, used: Resources): (keyof Resources)[] {
  const hard = hardOf(size);
  return RESOURCES.filter((key) => used[key] > hard[key] && !isSameAmount(used[key], hard[key]));
}

function useOf(manifest: Manifest): Resources {
  const spec = object(manifest["spec"]);
  switch (manifest.kind) {
    case "Pod":
      return podUse(spec);
    case "Deployment":
    case "ReplicaSet":
    case "ReplicationController":
      return times(podUse(templateOf(spec)), number(spec["replicas"], 1));
    case "StatefulSet": {
      const replicas = number(spec["replicas"], 1);
      const volumes = list(spec["volumeClaimTemplates"]).map((claim) => volumeUse(object(object(claim)["spec"])));
      return times([podUse(templateOf(spec)), ...volumes].reduce(add, NOTHING), replicas);
    }
    case "Job":
      return times(podUse(templateOf(spec)), number(spec["parallelism"], 1));
    case "CronJob": {
      const job = object(object(spec["jobTemplate"])["spec"]);
      return times(podUse(templateOf(job)), number(job["parallelism"], 1));
    }
    case "PersistentVolumeClaim":
      return volumeUse(spec);
    default:
      return NOTHING;
  }
}

/** Init containers run before the others: the larger of the two counts. */
function podUse(spec: JsonObject): Resources {
  const running = list(spec["containers"]).map(containerUse).reduce(add, NOTHING);
  const starting = list(spec["initContainers"]).map(containerUse);
  return { ...starting.reduce(larger, running), pods: 1 };
}

function containerUse(container: Json): Resources {
  const resources = object(object(container)["resources"]);
  const requests = object(resources["requests"]);
  const limits = object(resources["limits"]);
  const memoryLimit = limits["memory"] ?? DEFAULT_REQUESTS.memoryLimit;
  return {
    ...NOTHING,
    // As the API server does it: a limit without a request is the request.
    "requests.cpu": quantity(requests["cpu"] ?? limits["cpu"] ?? DEFAULT_REQUESTS.cpu),
    "requests.memory": quantity(requests["memory"] ?? limits["memory"] ?? DEFAULT_REQUESTS.memory),
    "limits.memory": quantity(memoryLimit),
  };
}

function volumeUse(spec: JsonObject): Resources {
  const storage = object(object(spec["resources"])["requests"])["storage"] ?? 0;
  return { ...NOTHING, persistentvolumeclaims: 1, "requests.storage": quantity(storage) };
}

function templateOf(spec: JsonObject): JsonObject {
  return object(object(spec["template"])["spec"]);
}

function add(a: Resources, b: Resources): Resources {
  return combine(a, b, (x, y) => x + y);
}

function larger(a: Resources, b: Resources): Resources {
  return combine(a, b, Math.max);
}

function times(a: Resources, factor: number): Resources {
  return combine(a, NOTHING, (x) => x * factor);
}

function combine(a: Resources, b: Resources, how: (x: number, y: number) => number): Resources {
  return Object.fromEntries(RESOURCES.map((key) => [key, how(a[key], b[key])])) as Record<keyof Resources, number>;
}

/** What is no quantity was refused before (environments/bend). */
function quantity(value: Json): number {
  return parseQuantity(value) ?? 0;
}

function number(value: Json | undefined, otherwise: number): number {
  return typeof value === "number" ? value : otherwise;
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

function object(value: Json | undefined): JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}
