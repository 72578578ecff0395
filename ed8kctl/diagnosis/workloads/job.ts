import { asText, type LiveObject } from "../../../kube/object.js";
import { serviceOf } from "../../live/read.js";
import { conditionOf } from "../../live/ready.js";
import type { Evidence, Finding } from "../problem.js";
import { logsCommand, shortened } from "../words.js";

/** A Job that has given up. */
export function jobFinding(job: LiveObject, { environment }: Evidence): Finding | undefined {
  const failed = conditionOf(job, "Failed");
  if (failed?.["status"] !== "True") return undefined;
  const why = WORDS[asText(failed["reason"])] ?? shortened(asText(failed["message"]));
  return {
    cause: "job-failed",
    text: `has failed: ${why}`,
    next: logsCommand(environment, serviceOf(job)),
    since: asText(failed["lastTransitionTime"]),
  };
}

/** https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-backoff-failure-policy */
const WORDS: Readonly<Record<string, string>> = {
  BackoffLimitExceeded: "it was tried as often as its backoffLimit allows",
  DeadlineExceeded: "it took longer than its activeDeadlineSeconds",
};
