import type { LiveObject } from "../../kube/object.js";
import { LABELS } from "../../naming.js";
import type { LiveEnvironment } from "../live/list.js";
import { serviceOf } from "../live/read.js";
import { requireServices } from "../live/services.js";

/**
 * The workload whose pods another one is made like: of a service the first Deployment by name, else the first
 * StatefulSet; or the one of that name.
 * @param wanted a service of the environment, or the name of one of its workloads
 * @throws UserError (notFound) when there is no such service; `undefined` when it has no workload
 */
export function chooseWorkload(
  environment: LiveEnvironment,
  wanted: string,
  workloads: readonly LiveObject[],
): LiveObject | undefined {
  // What fulfils a claim belongs to the service, but is not it; a Job is what runs once already.
  const usable = workloads
    .filter(({ kind, metadata }) => kind !== "Job" && !(LABELS.claim in (metadata.labels ?? {})))
    .sort((a, b) => (a.kind + a.metadata.name < b.kind + b.metadata.name ? -1 : 1));
  const own = usable.find((workload) => serviceOf(workload) === wanted);
  const named = usable.find((workload) => workload.metadata.name === wanted && serviceOf(workload) !== undefined);
  if (own === undefined && named === undefined) requireServices(environment, [wanted]);
  return own ?? named;
}
