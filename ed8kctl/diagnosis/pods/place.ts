import type { JsonObject } from "../../../kube/manifest.js";
import { asList, asText, at, type LiveObject } from "../../../kube/object.js";
import { NODE_LABEL } from "../../../sandbox/nodes/kinds.js";
import { secondsText } from "../../format/time.js";
import { conditionOf } from "../../live/ready.js";
import type { Evidence, Finding } from "../problem.js";
import { applyCommand, kubectlCommand, shortened } from "../words.js";

/** A pod that was sent away, or is about to go. */
export function goneFinding(pod: LiveObject, evidence: Evidence): Finding | undefined {
  if (pod.metadata.deletionTimestamp !== undefined) return deletingFinding(pod, evidence);
  return at(pod["status"], "phase") === "Failed" ? failedFinding(pod, evidence) : undefined;
}

function deletingFinding({ metadata }: LiveObject, evidence: Evidence): Finding {
  const { deletionTimestamp = "", finalizers = [] } = metadata;
  const late = evidence.now - Date.parse(deletionTimestamp);
  const since = askedAt(metadata);
  if (late < LATE_MS) return { cause: "deleting", text: "is being deleted", next: "wait until it is gone", since };
  const holder =
    finalizers.length > 0 ? `finalizers hold it: ${finalizers.join(", ")}` : "its node has not said that it ended";
  return {
    cause: "deleting",
    text: `should have been gone for ${secondsText(late)}: ${holder}`,
    next: forceNext(metadata.name, evidence),
    since,
  };
}

/** So long after its time a deletion counts as stuck, in milliseconds. */
const LATE_MS = 60_000;

function forceNext(pod: string, evidence: Evidence): string {
  return `${kubectlCommand(evidence, `delete pod ${pod} --force`)}, if its node is gone for good`;
}

/** When somebody has asked for it: a deletion's own time is when it is to be over. */
function askedAt({
  deletionTimestamp = "",
  deletionGracePeriodSeconds: grace,
}: JsonObject & { readonly deletionTimestamp?: string }): string {
  const seconds = typeof grace === "number" ? grace : 0;
  const asked = new Date(Date.parse(deletionTimestamp) - seconds * 1000);
  return Number.isNaN(asked.getTime()) ? deletionTimestamp : asked.toISOString().replace(".000Z", "Z");
}

/** A pod whose node has ended it, or has not let it begin. What its containers have done is told by them. */
function failedFinding({ status }: LiveObject, { environment }: Evidence): Finding | undefined {
  const [reason, message] = [asText(at(status, "reason")), shortened(asText(at(status, "message")))];
  if (reason === "") return undefined;
  const said = message === "" ? "" : `: ${message}`;
  if (reason === "Evicted") {
    return {
      cause: "evicted",
      text: `was sent away from its node${said}`,
      next: `ask for as much as it uses in resources.requests of the service's values, then ${applyCommand(environment)}`,
    };
  }
  if (reason === "DeadlineExceeded") {
    return {
      cause: "job-failed",
      text: "was ended because it took longer than its activeDeadlineSeconds",
      next: `allow it more time in the chart's values, then ${applyCommand(environment)}`,
    };
  }
  const [, resource] = /^OutOf(.+)$/.exec(reason) ?? [];
  if (resource !== undefined) {
    return {
      cause: "unschedulable",
      text: `was refused by its node, which has too little ${resource} left${said}`,
      next: `another one is made in its place; if that is refused too, ask for less in the service's values, then ${applyCommand(environment)}`,
    };
  }
  return {
    cause: "evicted",
    text: `was ended by its node (${reason})${said}`,
    next: "another one is made in its place, unless nobody looks after it",
  };
}

/** A pod whose node does not answer any more. */
export function nodeFinding(pod: LiveObject, evidence: Evidence): Finding | undefined {
  const name = asText(at(pod["spec"], "nodeName"));
  const node = evidence.nodes.find(({ metadata }) => metadata.name === name);
  if (node === undefined) return undefined;
  const ready = conditionOf(node, "Ready");
  if (ready?.["status"] === "True") return undefined;
  const since = asText(ready?.["lastTransitionTime"]);
  return {
    cause: "node-lost",
    text: `is on the node ${name}, which does not work: ${shortened(asText(ready?.["message"])) || "it has never said that it is ready"}`,
    next: lostNext(pod, node, evidence),
    ...(since === "" ? {} : { since }),
  };
}

/** https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/#taint-based-evictions */
function lostNext(pod: LiveObject, node: LiveObject, evidence: Evidence): string {
  if (NODE_LABEL in (node.metadata.labels ?? {})) {
    return "ed8kctl sandbox status tells what is down, ed8kctl sandbox up heals it";
  }
  const owner = asText(at(asList(pod.metadata["ownerReferences"])[0], "kind"));
  return owner === "StatefulSet"
    ? `it is made anew once its node is back; ${forceNext(pod.metadata.name, evidence)}`
    : "after five minutes it is made anew, if another node suits it";
}
