import { asList, asText, at, isJsonObject, type LiveObject } from "../../../kube/object.js";
import { formatBytes, formatCores, parseQuantity } from "../../../kube/quantity.js";
import { conditionOf } from "../../live/ready.js";
import type { Evidence, Finding } from "../problem.js";
import { applyCommand, shortened, WAIT } from "../words.js";
import { keptFrom, type Kept } from "./taints.js";
import { volumeText } from "./volume-words.js";
import { describeNext } from "./volumes.js";

/** Why a pod has no node; `undefined` when it has one. */
export function schedulingFinding(pod: LiveObject, evidence: Evidence): Finding | undefined {
  const scheduled = conditionOf(pod, "PodScheduled");
  if (asText(at(pod["spec"], "nodeName")) !== "" || scheduled?.["status"] === "True") return undefined;
  const since = asText(scheduled?.["lastTransitionTime"]) || pod.metadata.creationTimestamp;
  if (scheduled === undefined) {
    const next = `${WAIT}; when it stays so, the cluster's scheduler does not run`;
    return { cause: "starting", text: "waits for the scheduler to look at it", next, since };
  }
  const message = asText(scheduled["message"]);
  // Of all reasons this one alone means that every node was looked at.
  if (scheduled["reason"] === "SchedulingGated") return { ...gatedFinding(pod), since };
  if (scheduled["reason"] !== "Unschedulable") return { ...errorFinding(pod, message, evidence), since };
  const { total, reasons } = readMessage(message);
  const words = reasons.flatMap((reason) => wordsOf(reason, pod, evidence));
  const [first] = words.toSorted((a, b) => ORDER.indexOf(a.next) - ORDER.indexOf(b.next));
  const what = first?.next ?? "placement";
  return {
    cause: what === "volume" ? "volume" : "unschedulable",
    text: `fits no node${total === undefined ? "" : ` of ${total}`}: ${[...new Set(words.map(({ text }) => text))].join("; ")}`,
    next: nextOf(what, pod, evidence),
    since,
  };
}

interface Words {
  readonly text: string;
  readonly next: (typeof ORDER)[number];
}

/** What to see to first: a node that is away says nothing of the pod, and a reserved one is mostly meant to be. */
const ORDER = ["nodes", "volume", "resources", "placement"] as const;

function nextOf(what: Words["next"], pod: LiveObject, evidence: Evidence): string {
  const { environment, context } = evidence;
  return {
    nodes: `the nodes are at fault: kubectl get nodes --context ${context} tells more`,
    volume: describeNext(pod, evidence),
    resources: `ask for less in the service's values and run ${applyCommand(environment)}, or stop other services`,
    placement: `correct nodeSelector, affinity or tolerations in the service's values, then ${applyCommand(environment)}`,
  }[what];
}

/** https://kubernetes.io/docs/concepts/scheduling-eviction/pod-scheduling-readiness/ */
function gatedFinding({ spec }: LiveObject): Finding {
  const gates = asList(at(spec, "schedulingGates")).map((gate) => asText(at(gate, "name")));
  return { cause: "starting", text: `waits for its scheduling gate ${gates.join(", ")}`, next: WAIT };
}

/** The scheduler has chosen a node, and has failed at what comes next: volumes are bound to it last. */
function errorFinding(pod: LiveObject, message: string, evidence: Evidence): Finding {
  const isVolume = message.includes("VolumeBinding") || volumeText(message, "") !== undefined;
  return {
    cause: isVolume ? "volume" : "unschedulable",
    text: `${isVolume ? "gets no volume" : "is given no node"}: ${shortened(message)}`,
    next: describeNext(pod, evidence),
  };
}

/**
 * `0/3 nodes are available: 1 Insufficient cpu, 2 node(s) …. no new claims to deallocate, preemption: …`: the causes are
 * one sentence, and what preempting would bring is no cause.
 */
function readMessage(message: string): { readonly total: string | undefined; readonly reasons: readonly string[] } {
  const [, total, list = message] = /^0\/(\d+) nodes are available: (.*?)(\. .*|\.)?$/s.exec(message) ?? [];
  // A taint may hold commas, but what is counted begins with a number.
  const reasons = list.split(/, (?=\d+ )/).map((reason) => reason.trim());
  return { total, reasons: reasons.filter((reason) => reason !== "") };
}

function wordsOf(reason: string, pod: LiveObject, { nodes: known }: Evidence): readonly Words[] {
  const [, count = "", rest = reason] = /^(\d+) (.*)$/s.exec(reason) ?? [];
  const nodes = count === "" ? "" : ` on ${count === "1" ? "1 node" : `${count} nodes`}`;
  const resource = /^Insufficient (\S+)$/.exec(rest)?.[1];
  if (resource !== undefined)
    return [{ text: `too little ${resource} is free${nodes}${askedText(resource, pod)}`, next: "resources" }];
  if (/^Too many pods/.test(rest)) return [{ text: `there is no room for one more pod${nodes}`, next: "resources" }];
  if (/node affinity\/selector/.test(rest))
    return [{ text: `its node selector${selectorText(pod)} does not match${nodes}`, next: "placement" }];
  if (/untolerated taint|taints that the pod didn't tolerate/.test(rest))
    return taintWords(rest, { nodes, ...keptFrom(pod, known) });
  if (/were unschedulable/.test(rest)) return [{ text: `new pods are not let${nodes}`, next: "placement" }];
  const volume = volumeText(rest, nodes);
  if (volume !== undefined) return [{ text: volume, next: "volume" }];
  return [{ text: shortened(reason), next: "placement" }];
}

/** Newer schedulers name no taint; the nodes do, as far as they may be looked at. */
function taintWords(rest: string, { nodes, sick, reserved }: Kept & { readonly nodes: string }): readonly Words[] {
  const words = [
    ...sick.map((text) => ({ text, next: "nodes" as const })),
    ...reserved.map((text) => ({ text, next: "placement" as const })),
  ];
  if (words.length > 0) return words;
  return [{ text: `it does not tolerate the taint${taintText(rest)}${nodes}`, next: "placement" }];
}

/** ` (it asks for 9)`: the sum over its containers. */
function askedText(resource: string, { spec }: LiveObject): string {
  const asked = asList(at(spec, "containers")).map(
    (one) => parseQuantity(at(one, "resources", "requests", resource)) ?? 0,
  );
  const sum = asked.reduce((total, amount) => total + amount, 0);
  if (sum === 0) return "";
  return ` (it asks for ${resource === "cpu" ? formatCores(sum) : resource === "memory" ? formatBytes(sum) : String(sum)})`;
}

function selectorText({ spec }: LiveObject): string {
  const selector = at(spec, "nodeSelector");
  if (!isJsonObject(selector)) return "";
  return ` ${Object.entries(selector)
    .map(([name, value]) => `${name}=${asText(value)}`)
    .join(",")}`;
}

/** Older schedulers name it: `{key: value}`. */
function taintText(rest: string): string {
  const taint = /\{([^:}]*): ?([^}]*)\}/.exec(rest);
  if (taint === null) return "(s)";
  const [, key = "", value = ""] = taint;
  return ` ${key}${value === "" ? "" : `=${value}`}`;
}
