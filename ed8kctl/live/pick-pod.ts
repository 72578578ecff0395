import { UserError } from "../../errors.js";
import { asList, asText, at, type LiveObject } from "../../kube/object.js";
import { LABELS } from "../../naming.js";
import { isReady } from "./problems.js";
import { serviceOf } from "./read.js";

/** A container that a shell can be opened in. */
export interface PickedContainer {
  readonly pod: string;
  readonly container: string;
}

/** What a chart names as its main container. https://kubernetes.io/docs/reference/labels-annotations-taints/#kubectl-kubernetes-io-default-container */
const DEFAULT_CONTAINER = "kubectl.kubernetes.io/default-container";

/**
 * The container of a service that a person means: the main one of a pod that is ready, by name the first.
 * @throws UserError when none is ready
 */
export function pickContainer(service: string, pods: readonly LiveObject[]): PickedContainer {
  const own = pods.filter((pod) => isOwn(pod, service) && at(pod["status"], "phase") !== "Succeeded");
  const [pod] = own.filter(isReady).sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
  if (pod === undefined) {
    const count = own.length === 0 ? "it has no pods" : `none of its ${own.length} pods is ready`;
    throw new UserError(`no pod of ${service} can be entered: ${count}`, { hint: "ed8kctl show NAME tells why" });
  }
  const first = asText(at(asList(at(pod["spec"], "containers"))[0], "name"));
  return { pod: pod.metadata.name, container: pod.metadata.annotations?.[DEFAULT_CONTAINER] ?? first };
}

/** What fulfils a claim, such as a database, belongs to the service too, but is not it. */
function isOwn(pod: LiveObject, service: string): boolean {
  return serviceOf(pod) === service && !(LABELS.claim in (pod.metadata.labels ?? {}));
}
