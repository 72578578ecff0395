import { asList, asText, at, isJsonObject, type LiveObject } from "../../../kube/object.js";
import { formatBytes, formatCores, parseQuantity } from "../../../kube/quantity.js";
import { conditionOf } from "../../live/ready.js";
import type { Finding } from "../problem.js";
import { applyCommand, shortened } from "../words.js";

/** Why a pod has no node; `undefined` when it has one. */
export function schedulingFinding(pod: LiveObject, environment: string): Finding | undefined {
  const scheduled = conditionOf(pod, "PodScheduled");
  if (asText(at(pod["spec"], "nodeName")) !== "" || scheduled?.["status"] === "True") return undefined;
  const since = asText(scheduled?.["lastTransitionTime"]) || pod.metadata.creationTimestamp;
  if (scheduled === undefined) {
    return {
      cause: "starting",
      text: "waits for the scheduler to look at it",
      next: "wait; when it stays so, the cluster's scheduler does not run",
      since,
    };
  }
  const { total, reasons } = readMessage(asText(scheduled["message"]));
  const words = reasons.map((reason) => ({ reason, ...wordsOf(reason, pod) }));
  const volume = words.find(({ next }) => next === "volume");
  const next = {
    volume: `ed8kctl show ${environment} lists the volumes`,
    resources: `ask for less in the service's values and run ${applyCommand(environment)}, or stop other services`,
    placement: `correct nodeSelector, affinity or tolerations in the service's values, then ${applyCommand(environment)}`,
  };
  const [first] = words;
  return {
    cause: volume === undefined ? "unschedulable" : "volume",
    text: `fits no node${total === undefined ? "" : ` of ${total}`}: ${words.map(({ text }) => text).join("; ")}`,
    next: next[volume?.next ?? first?.next ?? "placement"],
    since,
  };
}

interface Words {
  readonly text: string;
  readonly next: "volume" | "resources" | "placement";
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

function wordsOf(reason: string, pod: LiveObject): Words {
  const [, count = "", rest = reason] = /^(\d+) (.*)$/s.exec(reason) ?? [];
  const nodes = count === "" ? "" : ` on ${count === "1" ? "1 node" : `${count} nodes`}`;
  const resource = /^Insufficient (\S+)$/.exec(rest)?.[1];
  if (resource !== undefined)
    return { text: `too little ${resource} is free${nodes}${askedText(resource, pod)}`, next: "resources" };
  if (/^Too many pods/.test(rest)) return { text: `there is no room for one more pod${nodes}`, next: "resources" };
  if (/node affinity\/selector/.test(rest))
    return { text: `its node selector${selectorText(pod)} does not match${nodes}`, next: "placement" };
  if (/untolerated taint/.test(rest))
    return { text: `it does not tolerate the taint${taintText(rest)}${nodes}`, next: "placement" };
  if (/unbound immediate PersistentVolumeClaims/.test(rest))
    return { text: "its volume is not there yet", next: "volume" };
  const claim = /persistentvolumeclaim "(.+?)" (not found|is being deleted)/.exec(rest);
  if (claim !== null)
    return {
      text: `its volume claim ${claim[1] ?? ""} ${claim[2] === "not found" ? "is not there" : "is being deleted"}`,
      next: "volume",
    };
  if (/volume node affinity conflict|persistent volumes to bind/.test(rest))
    return { text: `its volume cannot be used${nodes}`, next: "volume" };
  if (/were unschedulable/.test(rest)) return { text: `new pods are not let${nodes}`, next: "placement" };
  return { text: shortened(reason), next: "placement" };
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

function taintText(rest: string): string {
  const taint = /\{([^:}]*): ?([^}]*)\}/.exec(rest);
  if (taint === null) return "";
  const [, key = "", value = ""] = taint;
  return ` ${key}${value === "" ? "" : `=${value}`}`;
}
