import type { LiveObject } from "../../kube/object.js";
import type { Entry } from "../../environments/plan/address.js";
import { LABELS } from "../../naming.js";
import type { ReadTarget } from "./client.js";
import { environmentsOf, listEnvironments, requireEnvironment, type LiveEnvironment } from "./list.js";

/** What `show` is told from, as the API server gave it. */
export interface EnvironmentObjects {
  readonly environment: LiveEnvironment;
  /** Where the cluster answers browsers. */
  readonly entry: Entry;
  /** Deployments, StatefulSets and Jobs. */
  readonly workloads: readonly LiveObject[];
  readonly pods: readonly LiveObject[];
  readonly volumes: readonly LiveObject[];
  readonly quotas: readonly LiveObject[];
  readonly events: readonly LiveObject[];
}

/** @throws UserError (notFound) with a suggestion when there is no such environment */
export async function findEnvironment(
  target: ReadTarget,
  name: string,
  signal?: AbortSignal,
): Promise<LiveEnvironment> {
  const options = signal === undefined ? {} : { signal };
  const namespace = await target.client.find({ apiVersion: "v1", kind: "Namespace", name }, options);
  const [found] = namespace === undefined ? [] : environmentsOf([namespace]);
  return found ?? requireEnvironment(name, (await listEnvironments(target, options)).environments);
}

/** @throws UserError (notFound) with a suggestion when there is no such environment */
export async function readEnvironment(
  target: ReadTarget,
  name: string,
  signal?: AbortSignal,
): Promise<EnvironmentObjects> {
  const environment = await findEnvironment(target, name, signal);
  const options = signal === undefined ? {} : { signal };
  const list = async (apiVersion: string, kind: string): Promise<readonly LiveObject[]> =>
    (await target.client.list({ apiVersion, kind, namespace: name }, options)).items;
  const [deployments, statefulSets, jobs, pods, volumes, quotas, events] = await Promise.all([
    list("apps/v1", "Deployment"),
    list("apps/v1", "StatefulSet"),
    list("batch/v1", "Job"),
    list("v1", "Pod"),
    list("v1", "PersistentVolumeClaim"),
    list("v1", "ResourceQuota"),
    list("v1", "Event"),
  ]);
  return {
    environment,
    entry: target.facts,
    workloads: [...deployments, ...statefulSets, ...jobs],
    pods,
    volumes,
    quotas,
    events,
  };
}

/** The service that an object belongs to. */
export function serviceOf({ metadata }: LiveObject): string | undefined {
  return metadata.labels?.[LABELS.service];
}
