import type { KubeClient } from "../../../../kube/client.js";
import { describeRef, type LiveObject, refOf } from "../../../../kube/object.js";
import { watch } from "../../../../kube/watch.js";
import { conditionOf } from "./status.js";

export interface GoneWait {
  readonly client: KubeClient;
  /** As the API server answered to the deletion: still there, held by finalizers or a grace period. */
  readonly object: LiveObject;
  readonly timeoutSeconds: number;
  readonly signal: AbortSignal;
  readonly say: (message: string) => void;
}

/**
 * Waits, by watching, until an object that is being deleted is gone, or another has its name.
 * @throws Error when time is over or the wait is cancelled; it says what holds the object
 */
export async function awaitGone({ client, object, timeoutSeconds, signal, say }: GoneWait): Promise<void> {
  const { name, ...ref } = refOf(object);
  // It is looked at after the wait, so that it lives so long: https://github.com/nodejs/node/issues/57736
  const deadline = AbortSignal.timeout(timeoutSeconds * 1000);
  let last = object;
  const options = {
    name,
    resourceVersion: object.metadata.resourceVersion,
    known: [object],
    signal: AbortSignal.any([signal, deadline]),
  };
  for await (const event of watch(client, ref, options)) {
    if (event.type === "DELETED" || event.object.metadata.uid !== object.metadata.uid) return;
    last = event.object;
    say(`waiting: ${whatHolds(last)}`);
  }
  const why = deadline.aborted ? `it was not gone within ${timeoutSeconds} s` : "the wait was cancelled";
  throw new Error(`deletion of ${describeRef(refOf(object))} is under way, but ${why}: ${whatHolds(last)}`);
}

/** Why an object that is being deleted is still there. */
export function whatHolds(object: LiveObject): string {
  const told = NAMESPACE_CONDITIONS.map((type) => conditionOf(object, type)).filter(({ isTrue }) => isTrue);
  if (object.kind === "Namespace" && told.length > 0) return told.map(({ message }) => message).join("; ");
  const finalizers = object.metadata.finalizers ?? [];
  return finalizers.length === 0
    ? "it is still ending"
    : `it is held by ${finalizers.length === 1 ? "the finalizer" : "the finalizers"} ${finalizers.join(", ")}`;
}

/** https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/namespace-v1/#NamespaceStatus */
const NAMESPACE_CONDITIONS = [
  "NamespaceDeletionDiscoveryFailure",
  "NamespaceDeletionGroupVersionParsingFailure",
  "NamespaceDeletionContentFailure",
  "NamespaceContentRemaining",
  "NamespaceFinalizersRemaining",
] as const;
