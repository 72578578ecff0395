import { asList, asText, at, type LiveObject } from "../../../kube/object.js";
import { conditionOf, isReady } from "../../live/ready.js";
import { serviceOf } from "../../live/read.js";
import { toldOf, type Told } from "../events.js";
import { PASSING, type Evidence, type Finding } from "../problem.js";
import { shortened, WAIT } from "../words.js";
import { type Container, containersOf, hasDone } from "./container.js";
import { goneFinding, nodeFinding } from "./place.js";
import { schedulingFinding } from "./scheduling.js";
import { claimFinding, describeNext, mountFinding } from "./volumes.js";
import { containerFinding, restartedFinding } from "./waiting.js";

/** What keeps a pod from being ready; `undefined` when nothing does, or it has done its work. */
export function podFinding(pod: LiveObject, evidence: Evidence): Finding | undefined {
  if (at(pod["status"], "phase") === "Succeeded") return undefined;
  const { environment, now, events } = evidence;
  const told = toldOf(pod, events);
  const containers = containersOf(pod, { environment, service: serviceOf(pod), now, told });
  if (isReady(pod)) return worstOf(containers, restartedFinding);
  return (
    goneFinding(pod, evidence) ??
    nodeFinding(pod, evidence) ??
    unplaced(pod, evidence) ??
    worstOf(containers, containerFinding) ??
    mountFinding(pod, told, evidence) ??
    claimFinding(pod, evidence) ??
    sandboxFinding(told) ??
    (isHalfDone(containers) ? undefined : otherFinding(pod, told, evidence))
  );
}

/** A pod that waits for a volume has no node for that reason. */
function unplaced(pod: LiveObject, evidence: Evidence): Finding | undefined {
  const finding = schedulingFinding(pod, evidence);
  return finding?.cause === "volume" ? (claimFinding(pod, evidence) ?? finding) : finding;
}

/** Containers in the order of their turn; what passes by itself counts less than what does not. */
function worstOf(
  containers: readonly Container[],
  findingOf: (container: Container) => Finding | undefined,
): Finding | undefined {
  const several = containers.filter(({ isInit }) => !isInit).length > 1;
  const found = containers.flatMap((container) => {
    const finding = findingOf(container);
    if (finding === undefined) return [];
    const { isInit, name } = container;
    const place = isInit ? `: its init container ${name} ` : several ? `: its container ${name} ` : "";
    return [{ ...finding, text: place === "" ? finding.text : `${place.slice(2)}${finding.text}` }];
  });
  return found.find(({ cause }) => !PASSING.has(cause)) ?? found[0];
}

/** True for a pod of a Job some of whose containers have done their work, while the others are at it. */
function isHalfDone(containers: readonly Container[]): boolean {
  const own = containers.filter(({ isInit }) => !isInit);
  return own.some(hasDone) && own.every((container) => container.ready || hasDone(container));
}

/** Network and processes of the pod itself could not be made. */
function sandboxFinding(told: readonly Told[]): Finding | undefined {
  const [newest] = told.filter(({ isWarning }) => isWarning);
  if (newest?.reason !== "FailedCreatePodSandBox") return undefined;
  const why = newest.message.replace(/^Failed to create pod sandbox: (rpc error: code = \w+ desc = )?/, "");
  return {
    cause: "node-fault",
    text: `cannot be begun by its node: ${shortened(why)}`,
    next: "the node's network or container runtime is at fault: tell the platform team",
    since: newest.first,
  };
}

function otherFinding(pod: LiveObject, told: readonly Told[], evidence: Evidence): Finding {
  const gates = asList(at(pod["spec"], "readinessGates")).map((gate) => asText(at(gate, "conditionType")));
  const closed = gates.find((gate) => conditionOf(pod, gate)?.["status"] !== "True");
  if (closed !== undefined && conditionOf(pod, "ContainersReady")?.["status"] === "True") {
    return { cause: "starting", text: `waits for its readiness gate ${closed}`, next: WAIT };
  }
  const warning = told.find(({ isWarning }) => isWarning);
  if (warning === undefined && at(pod["status"], "phase") === "Failed") {
    return { cause: "unknown", text: "has failed, and nobody says why", next: describeNext(pod, evidence) };
  }
  if (warning === undefined) return { cause: "starting", text: "is starting", next: WAIT };
  return {
    cause: "unknown",
    text: `is not ready; the last thing said of it is ${warning.reason}: ${shortened(warning.message)}`,
    next: describeNext(pod, evidence),
    since: warning.first,
  };
}
