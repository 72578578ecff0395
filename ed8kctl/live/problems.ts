import type { Json } from "../../kube/manifest.js";
import { asList, asText, at, isJsonObject, type LiveObject } from "../../kube/object.js";

/** Why something does not run, in one line: `bos-web-7d9: ImagePullBackOff: back-off pulling image …`. */
export function problemsOf(
  pods: readonly LiveObject[],
  jobs: readonly LiveObject[],
  warnings: readonly LiveObject[],
): readonly string[] {
  const podProblems = pods
    .filter((pod) => !isReady(pod) && at(pod["status"], "phase") !== "Succeeded")
    .map((pod) => `${pod.metadata.name}: ${podReason(pod) ?? lastWarning(pod, warnings) ?? "is starting"}`);
  const jobProblems = jobs.flatMap((job) => {
    const failed = condition(job, "Failed");
    return failed === undefined ? [] : [`${job.metadata.name}: the job failed: ${asText(failed["message"])}`];
  });
  return [...podProblems, ...jobProblems];
}

/** True when the pod serves. */
export function isReady(pod: LiveObject): boolean {
  return condition(pod, "Ready") !== undefined && pod.metadata.deletionTimestamp === undefined;
}

/** Since when, in RFC 3339, a pod is ready. */
export function readySince(pod: LiveObject): string | undefined {
  const since = condition(pod, "Ready")?.["lastTransitionTime"];
  return typeof since === "string" ? since : undefined;
}

function podReason(pod: LiveObject): string | undefined {
  if (pod.metadata.deletionTimestamp !== undefined) return "is being deleted";
  const containers = [
    ...asList(at(pod["status"], "initContainerStatuses")),
    ...asList(at(pod["status"], "containerStatuses")),
  ];
  return containers.map(containerReason).find((reason) => reason !== undefined) ?? unscheduled(pod);
}

/** Waiting for its turn is no reason. https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#container-states */
const ORDINARY = new Set(["ContainerCreating", "PodInitializing"]);

function containerReason(status: Json): string | undefined {
  const waiting = at(status, "state", "waiting");
  const reason = asText(at(waiting, "reason"));
  if (reason !== "" && !ORDINARY.has(reason)) {
    const message = asText(at(waiting, "message"));
    return message === "" ? reason : `${reason}: ${message}`;
  }
  const code = at(status, "state", "terminated", "exitCode");
  return typeof code === "number" && code !== 0 ? `ended with exit code ${code}` : undefined;
}

function unscheduled(pod: LiveObject): string | undefined {
  const scheduled = asList(at(pod["status"], "conditions")).find((entry) => at(entry, "type") === "PodScheduled");
  return at(scheduled, "status") === "False" ? `has no node: ${asText(at(scheduled, "message"))}` : undefined;
}

function lastWarning({ metadata }: LiveObject, warnings: readonly LiveObject[]): string | undefined {
  const [last] = warnings
    .filter((event) => at(event["involvedObject"], "uid") === metadata.uid)
    .sort((a, b) => Date.parse(timeOf(b)) - Date.parse(timeOf(a)));
  return last === undefined ? undefined : `${asText(last["reason"])}: ${asText(last["message"])}`;
}

/** Events of old and new makers carry their time in different fields. */
function timeOf(event: LiveObject): string {
  return (
    [event["lastTimestamp"], event["eventTime"]].map(asText).find((time) => time !== "") ??
    event.metadata.creationTimestamp
  );
}

/** The condition, when it holds. */
function condition(object: LiveObject, type: string) {
  return asList(at(object["status"], "conditions"))
    .filter(isJsonObject)
    .find((entry) => entry["type"] === type && entry["status"] === "True");
}
