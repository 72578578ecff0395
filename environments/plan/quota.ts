import { throwFaults, type Fault } from "../../errors.js";
import type { Json, JsonObject, Manifest } from "../../kube/manifest.js";
import { asText } from "../../kube/object.js";
import { formatBytes, formatCores, isSameAmount } from "../../kube/quantity.js";
import { asObject, objectsIn } from "../bend/manifests.js";
import { hardOf, SIZES, type Size } from "../size.js";
import { add, NOTHING, podUse, RESOURCES, times, volumeUse } from "./pod-use.js";
import type { Note, PlannedObject, Resources } from "./types.js";

/** What the quota will count once all of `objects` run: requests of every pod at full replicas, and all volumes. */
export function quotaUse(objects: readonly PlannedObject[]): Resources {
  const least = leastReplicas(objects);
  return objects.map(({ manifest }) => useOf(manifest, least)).reduce(add, NOTHING);
}

/** Replicas that autoscalers ask for at least, by kind and name of what they scale. */
function leastReplicas(objects: readonly PlannedObject[]): ReadonlyMap<string, number> {
  const scalers = objects.filter(({ manifest }) => manifest.kind === "HorizontalPodAutoscaler");
  return new Map(
    scalers.map(({ manifest }) => {
      const { scaleTargetRef, minReplicas } = asObject(manifest["spec"]);
      const { kind, name } = asObject(scaleTargetRef);
      return [`${asText(kind)}/${asText(name)}`, number(minReplicas, 1)];
    }),
  );
}

/**
 * Told where nothing is left for the pod by which a Deployment is updated: it is made beside the old ones, which go only
 * once it is ready. https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#max-surge
 */
export function surgeNotes(
  { environment, size, used }: { readonly environment: string; readonly size: Size; readonly used: Resources },
  objects: readonly PlannedObject[],
): Note[] {
  const found = objects.flatMap(({ manifest }) => {
    const lacking = isSurging(manifest) ? over(size, add(used, podUse(templateOf(asObject(manifest["spec"]))))) : [];
    return lacking.length === 0 ? [] : [{ name: manifest.metadata.name, lacking }];
  });
  if (found.length === 0) return [];
  const lacking = RESOURCES.filter((key) => found.some((one) => one.lacking.includes(key)));
  const names = found.map(({ name }) => name).join(", ");
  const text = `an update makes a new pod beside the old one, for which size ${size} leaves no ${lacking.join(", ")} (Deployment ${names}); choose a larger size, or strategy Recreate`;
  return [{ subject: environment, rule: "quota", text }];
}

function isSurging({ kind, spec }: Manifest): boolean {
  const strategy = asObject(asObject(spec)["strategy"]);
  const surge = asObject(strategy["rollingUpdate"])["maxSurge"];
  return kind === "Deployment" && strategy["type"] !== "Recreate" && surge !== 0 && surge !== "0%";
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

function useOf(manifest: Manifest, least: ReadonlyMap<string, number>): Resources {
  const spec = asObject(manifest["spec"]);
  const replicas = (): number =>
    Math.max(number(spec["replicas"], 1), least.get(`${manifest.kind}/${manifest.metadata.name}`) ?? 0);
  switch (manifest.kind) {
    case "Pod":
      return podUse(spec);
    case "Deployment":
    case "ReplicaSet":
    case "ReplicationController":
      return times(podUse(templateOf(spec)), replicas());
    case "StatefulSet": {
      const volumes = objectsIn(spec["volumeClaimTemplates"]).map((claim) => volumeUse(asObject(claim["spec"])));
      return times([podUse(templateOf(spec)), ...volumes].reduce(add, NOTHING), replicas());
    }
    case "Job":
      return times(podUse(templateOf(spec)), number(spec["parallelism"], 1));
    case "CronJob": {
      const job = asObject(asObject(spec["jobTemplate"])["spec"]);
      return times(podUse(templateOf(job)), number(job["parallelism"], 1));
    }
    case "PersistentVolumeClaim":
      return volumeUse(spec);
    default:
      return NOTHING;
  }
}

function templateOf(spec: JsonObject): JsonObject {
  return asObject(asObject(spec["template"])["spec"]);
}

function number(value: Json | undefined, otherwise: number): number {
  return typeof value === "number" ? value : otherwise;
}
