import type { JsonObject } from "../../../../kube/manifest.js";
import { asText, at, type LiveObject } from "../../../../kube/object.js";
import { conditionOf, listAt } from "./status.js";

/** What keeps a pod from being ready, one sentence each; empty when nothing does. */
export function podProblems(pod: LiveObject): string[] {
  if (at(pod, "status", "phase") === "Succeeded" || conditionOf(pod, "Ready").isTrue) return [];
  const scheduled = conditionOf(pod, "PodScheduled");
  if (scheduled.isFalse) return [`${nameOf(pod)}: cannot be scheduled: [${scheduled.reason}] ${scheduled.message}`];
  const containers = [...listAt(pod, "status", "initContainerStatuses"), ...listAt(pod, "status", "containerStatuses")];
  const problems = containers.flatMap((container) => containerProblem(container));
  if (problems.length > 0) return problems.map((problem) => `${nameOf(pod)}: ${problem}`);
  const ready = conditionOf(pod, "Ready");
  return [`${nameOf(pod)}: is not ready${ready.message === "" ? "" : `: [${ready.reason}] ${ready.message}`}`];
}

function containerProblem(container: JsonObject): string[] {
  const name = `container "${asText(container["name"])}"`;
  const waiting = at(container, "state", "waiting");
  const reason = asText(at(waiting, "reason"));
  if (reason !== "" && !UNDER_WAY.has(reason)) {
    return [`${name}: [${reason}] ${asText(at(waiting, "message"))}${lastEnd(container)}`.trimEnd()];
  }
  const code = at(container, "state", "terminated", "exitCode");
  if (typeof code !== "number" || code === 0) return [];
  return [`${name} has ended with exit code ${code}: [${asText(at(container, "state", "terminated", "reason"))}]`];
}

/** Reasons of waiting that say only that it has not happened yet. */
const UNDER_WAY = new Set(["ContainerCreating", "PodInitializing"]);

function lastEnd(container: JsonObject): string {
  const code = at(container, "lastState", "terminated", "exitCode");
  return typeof code === "number" ? ` (it ended with exit code ${code})` : "";
}

function nameOf(pod: LiveObject): string {
  return `pod ${pod.metadata.name}`;
}
