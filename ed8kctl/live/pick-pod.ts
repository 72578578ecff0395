import type { JsonObject } from "../../kube/manifest.js";
import { asList, asText, at, type LiveObject } from "../../kube/object.js";
import { LABELS } from "../../naming.js";
import { isReady } from "./ready.js";
import { serviceOf } from "./read.js";

/** A container that a shell can be opened in. */
export interface PickedContainer {
  readonly pod: string;
  readonly container: string;
  /** False: it runs, but its pod does not serve. */
  readonly isReady: boolean;
}

/** What a chart names as its main container. https://kubernetes.io/docs/reference/labels-annotations-taints/#kubectl-kubernetes-io-default-container */
const DEFAULT_CONTAINER = "kubectl.kubernetes.io/default-container";

/**
 * The container of a service that a person means: the main one of a pod that is ready, else of one in which it runs at
 * least, by name the first; `undefined` when there is none.
 */
export function pickContainer(service: string, pods: readonly LiveObject[]): PickedContainer | undefined {
  const own = pods.filter((pod) => isOwn(pod, service)).sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
  const pod = own.find(isReady) ?? own.find(isRunning);
  if (pod === undefined) return undefined;
  return { pod: pod.metadata.name, container: mainContainer(pod), isReady: isReady(pod) };
}

/** The container that is meant where none is named: of a pod, or of a workload's template. */
export function mainContainer(pod: JsonObject): string {
  const named = asText(at(pod, "metadata", "annotations", DEFAULT_CONTAINER));
  return named === "" ? asText(at(asList(at(pod, "spec", "containers"))[0], "name")) : named;
}

function isRunning(pod: LiveObject): boolean {
  const main = mainContainer(pod);
  const statuses = asList(at(pod["status"], "containerStatuses"));
  return statuses.some((entry) => at(entry, "name") === main && at(entry, "state", "running") !== undefined);
}

/** What fulfils a claim, such as a database, belongs to the service too, but is not it. */
function isOwn(pod: LiveObject, service: string): boolean {
  return serviceOf(pod) === service && !(LABELS.claim in (pod.metadata.labels ?? {}));
}
