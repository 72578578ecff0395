import { asList, asText, at, type LiveObject } from "../../../kube/object.js";
import { conditionOf, isReady } from "../../live/ready.js";
import { serviceOf } from "../../live/read.js";
import { toldOf, type Told } from "../events.js";
import { PASSING, type Evidence, type Finding } from "../problem.js";
import { shortened } from "../words.js";
import { type Container, containersOf } from "./container.js";
import { goneFinding, nodeFinding } from "./place.js";
import { schedulingFinding } from "./scheduling.js";
import { claimFinding, mountFinding } from "./volumes.js";
import { containerFinding } from "./waiting.js";

/** What keeps a pod from being ready; `undefined` when nothing does, or it has done its work. */
export function podFinding(pod: LiveObject, evidence: Evidence): Finding | undefined {
  if (isReady(pod) || at(pod["status"], "phase") === "Succeeded") return undefined;
  const { environment, now, events } = evidence;
  const told = toldOf(pod, events);
  const containers = containersOf(pod, { environment, service: serviceOf(pod), now, told });
  return (
    goneFinding(pod, evidence) ??
    nodeFinding(pod, evidence) ??
    unplaced(pod, evidence) ??
    worstOf(containers) ??
    mountFinding(told, environment) ??
    claimFinding(pod, evidence) ??
    sandboxFinding(told) ??
    otherFinding(pod, told, evidence)
  );
}

/** A pod that waits for a volume has no node for that reason. */
function unplaced(pod: LiveObject, evidence: Evidence): Finding | undefined {
  const finding = schedulingFinding(pod, evidence.environment);
  return finding?.cause === "volume" ? (claimFinding(pod, evidence) ?? finding) : finding;
}

/** Containers in the order of their turn; what passes by itself counts less than what does not. */
function worstOf(containers: readonly Container[]): Finding | undefined {
  const several = containers.filter(({ isInit }) => !isInit).length > 1;
  const found = containers.flatMap((container) => {
    const finding = containerFinding(container);
    if (finding === undefined) return [];
    const { isInit, name } = container;
    const place = isInit ? `: its init container ${name} ` : several ? `: its container ${name} ` : "";
    return [{ ...finding, text: place === "" ? finding.text : `${place.slice(2)}${finding.text}` }];
  });
  return found.find(({ cause }) => !PASSING.has(cause)) ?? found[0];
}

/** Network and processes of the pod itself could not be made. */
function sandboxFinding(told: readonly Told[]): Finding | undefined {
  const [newest] = told.filter(({ isWarning }) => isWarning);
  if (newest?.reason !== "FailedCreatePodSandBox") return undefined;
  const why = newest.message.replace(/^Failed to create pod sandbox: (rpc error: code = \w+ desc = )?/, "");
  return {
    cause: "cannot-start",
    text: `its node cannot begin it: ${shortened(why)}`,
    next: "the node's network or container runtime is at fault: tell the platform team",
    since: newest.first,
  };
}

function otherFinding(pod: LiveObject, told: readonly Told[], { environment }: Evidence): Finding {
  const gates = asList(at(pod["spec"], "readinessGates")).map((gate) => asText(at(gate, "conditionType")));
  const closed = gates.find((gate) => conditionOf(pod, gate)?.["status"] !== "True");
  const next = `wait; ed8kctl show ${environment} tells how it goes on`;
  if (closed !== undefined && conditionOf(pod, "ContainersReady")?.["status"] === "True") {
    return { cause: "starting", text: `waits for its readiness gate ${closed}`, next };
  }
  const warning = told.find(({ isWarning }) => isWarning);
  if (warning === undefined) return { cause: "starting", text: "is starting", next };
  return {
    cause: "unknown",
    text: `is not ready; the last thing said of it is ${warning.reason}: ${shortened(warning.message)}`,
    next: `kubectl describe pod ${pod.metadata.name} tells more`,
    since: warning.first,
  };
}
