import { asText, at, type LiveObject } from "../../../kube/object.js";
import { secondsText } from "../../format/time.js";
import { conditionOf } from "../../live/ready.js";
import type { Evidence, Finding } from "../problem.js";
import { applyCommand, shortened } from "../words.js";

/** A pod that was sent away, or is about to go. */
export function goneFinding(pod: LiveObject, { environment, now }: Evidence): Finding | undefined {
  const { deletionTimestamp, finalizers = [] } = pod.metadata;
  if (deletionTimestamp !== undefined) {
    const late = now - Date.parse(deletionTimestamp);
    const holder =
      finalizers.length > 0 ? `finalizers hold it: ${finalizers.join(", ")}` : "its node has not said that it ended";
    return {
      cause: "deleting",
      text: late < LATE_MS ? "is being deleted" : `should have been gone for ${secondsText(late)}: ${holder}`,
      next:
        late < LATE_MS
          ? "wait until it is gone"
          : `kubectl delete pod ${pod.metadata.name} --force, if its node is gone for good`,
      since: deletionTimestamp,
    };
  }
  const { phase, reason, message } = {
    phase: at(pod["status"], "phase"),
    reason: at(pod["status"], "reason"),
    message: asText(at(pod["status"], "message")),
  };
  if (phase !== "Failed") return undefined;
  if (reason === "Evicted") {
    return {
      cause: "evicted",
      text: `was sent away from its node: ${shortened(message)}`,
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
  return undefined;
}

/** So long after its time a deletion counts as stuck, in milliseconds. */
const LATE_MS = 60_000;

/** A pod whose node does not answer any more. */
export function nodeFinding(pod: LiveObject, { nodes }: Evidence): Finding | undefined {
  const name = asText(at(pod["spec"], "nodeName"));
  const node = nodes.find(({ metadata }) => metadata.name === name);
  if (node === undefined) return undefined;
  const ready = conditionOf(node, "Ready");
  if (ready?.["status"] === "True") return undefined;
  const since = asText(ready?.["lastTransitionTime"]);
  return {
    cause: "node-lost",
    text: `is on the node ${name}, which does not work: ${shortened(asText(ready?.["message"])) || "it has never said that it is ready"}`,
    next: "after five minutes it is made anew elsewhere; in the sandbox, ed8kctl sandbox status tells what is down",
    ...(since === "" ? {} : { since }),
  };
}
