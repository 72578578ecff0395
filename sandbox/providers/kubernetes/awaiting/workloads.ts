import { asText, at, type LiveObject } from "../../../../kube/object.js";
import { failed, READY, type Readiness, readyWhen, waiting } from "./readiness.js";
import { conditionOf, isObserved, numberAt } from "./status.js";

const UNSEEN = waiting("its controller has not seen it yet");

/** Rolled out: every replica is of the newest template and available. */
export function deploymentReadiness(object: LiveObject): Readiness {
  if (!isObserved(object)) return UNSEEN;
  const wanted = replicasOf(object);
  // A paused rollout does not go on; nothing is to be waited for.
  if (at(object, "spec", "paused") === true) return READY;
  const progressing = conditionOf(object, "Progressing");
  if (progressing.reason === "ProgressDeadlineExceeded") return failed(progressing.message);
  const [updated, available] = [
    numberAt(object, "status", "updatedReplicas"),
    numberAt(object, "status", "availableReplicas"),
  ];
  const old = numberAt(object, "status", "replicas") - updated;
  if (updated < wanted) return waiting(`${updated} of ${wanted} pods are of the newest template`);
  if (old > 0) return waiting(`${old} old pods are still there`);
  return readyWhen(available >= wanted, `${available} of ${wanted} pods are available`);
}

/** Every replica is ready and of the newest revision, as far as its update strategy goes. */
export function statefulSetReadiness(object: LiveObject): Readiness {
  if (!isObserved(object)) return UNSEEN;
  const wanted = replicasOf(object);
  const ready = numberAt(object, "status", "readyReplicas");
  if (ready < wanted) return waiting(`${ready} of ${wanted} pods are ready`);
  const extra = numberAt(object, "status", "replicas") - wanted;
  if (extra > 0) return waiting(`${extra} pods are still to go`);
  if (at(object, "spec", "updateStrategy", "type") === "OnDelete") return READY;
  const toUpdate = wanted - numberAt(object, "spec", "updateStrategy", "rollingUpdate", "partition");
  const updated = isUpdated(object) ? wanted : numberAt(object, "status", "updatedReplicas");
  return readyWhen(updated >= toUpdate, `${updated} of ${toUpdate} pods are of the newest revision`);
}

/** A ready pod of the newest template on every node that is to have one. */
export function daemonSetReadiness(object: LiveObject): Readiness {
  if (!isObserved(object)) return UNSEEN;
  const wanted = numberAt(object, "status", "desiredNumberScheduled");
  const ready = numberAt(object, "status", "numberReady");
  const updated = numberAt(object, "status", "updatedNumberScheduled");
  if (at(object, "spec", "updateStrategy", "type") !== "OnDelete" && updated < wanted) {
    return waiting(`${updated} of ${wanted} pods are of the newest template`);
  }
  return readyWhen(ready >= wanted, `${ready} of ${wanted} pods are ready`);
}

/** Complete; a suspended Job runs nothing and is not waited for. */
export function jobReadiness(object: LiveObject): Readiness {
  if (at(object, "spec", "suspend") === true) return READY;
  const end = conditionOf(object, "Failed");
  if (end.isTrue) return failed(`the Job has failed: ${end.reason}: ${end.message}`);
  const succeeded = numberAt(object, "status", "succeeded");
  return readyWhen(conditionOf(object, "Complete").isTrue, `${succeeded} pods have succeeded; it is not complete`);
}

export function podReadiness(object: LiveObject): Readiness {
  const phase = at(object, "status", "phase");
  if (phase === "Failed") return failed(`the pod has failed: ${asText(at(object, "status", "message"))}`);
  return readyWhen(phase === "Succeeded" || conditionOf(object, "Ready").isTrue, "the pod is not ready");
}

function replicasOf(object: LiveObject): number {
  const replicas = at(object, "spec", "replicas");
  return typeof replicas === "number" ? replicas : 1;
}

function isUpdated(object: LiveObject): boolean {
  const revision = at(object, "status", "updateRevision");
  return revision !== undefined && revision === at(object, "status", "currentRevision");
}
