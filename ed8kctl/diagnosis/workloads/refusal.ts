import { asText, at, type LiveObject } from "../../../kube/object.js";
import { parseQuantity } from "../../../kube/quantity.js";
import { amountText } from "../../format/quantity.js";
import { conditionOf } from "../../live/ready.js";
import { toldOf } from "../events.js";
import type { Evidence, Finding } from "../problem.js";
import { applyCommand, shortened, WAIT } from "../words.js";

/** Why a workload has fewer pods than it should; `undefined` when it has all that it wants. */
export function missingPodsFinding(workload: LiveObject, evidence: Evidence): Finding | undefined {
  const { wanted, there } = podsOf(workload);
  if (there >= wanted) return undefined;
  const refusal = refusalOf(workload, evidence);
  if (refusal === undefined) return pendingFinding(workload);
  const finding = refusalFinding(refusal.message, evidence.environment);
  return { ...finding, text: `has ${there} of ${wanted} pods: ${finding.text}`, since: refusal.since };
}

/** Nobody has refused them: they are made in a moment, unless an update is under way that nobody misses pods for. */
function pendingFinding(workload: LiveObject): Finding | undefined {
  const { wanted, there } = podsOf(workload);
  const ready = at(workload["status"], "readyReplicas");
  if (workload.kind === "Job" || (typeof ready === "number" && ready >= wanted)) return undefined;
  return {
    cause: "starting",
    text: `has ${there} of ${wanted} pods: the others are about to be made`,
    next: WAIT,
    since: asText(conditionOf(workload, "Available")?.["lastTransitionTime"]),
  };
}

function podsOf({ kind, spec, status }: LiveObject): { readonly wanted: number; readonly there: number } {
  const number = (value: unknown, otherwise: number): number => (typeof value === "number" ? value : otherwise);
  // Pods of before an update do not count: the update may be what is refused.
  const made = kind === "Deployment" ? "updatedReplicas" : "replicas";
  if (kind !== "Job") return { wanted: number(at(spec, "replicas"), 1), there: number(at(status, made), 0) };
  const tried = ["active", "succeeded", "failed"].map((key) => number(at(status, key), 0));
  return { wanted: 1, there: Math.max(...tried) };
}

interface Refusal {
  readonly message: string;
  readonly since: string;
}

/** A Deployment says it of itself; of others only events tell. */
function refusalOf(workload: LiveObject, { events }: Evidence): Refusal | undefined {
  const failure = conditionOf(workload, "ReplicaFailure");
  if (failure?.["status"] === "True") {
    return { message: asText(failure["message"]), since: asText(failure["lastTransitionTime"]) };
  }
  const [newest] = toldOf(workload, events).filter(({ reason }) => reason === "FailedCreate");
  return newest === undefined ? undefined : { message: newest.message, since: newest.first };
}

/** What the API server said when the pod, or its volume, was to be made. */
export function refusalFinding(message: string, environment: string): Omit<Finding, "since"> {
  const quota = /exceeded quota: (\S+), requested: (.*?), used: (.*?), limited: (.*?)$/s.exec(message);
  if (quota !== null) return quotaFinding(quota, environment);
  const why = message.replace(/^.*? is forbidden: /s, "").replace(/^Error creating: /, "");
  const security = /violates PodSecurity "(\w+):[^"]*": (.*)$/s.exec(message);
  const policy = /ValidatingAdmissionPolicy '(.+?)' .*?denied request: (.*)$/s.exec(message);
  const account = /error looking up service account \S+?\/(\S+?):/.exec(message)?.[1];
  return {
    cause: "refused",
    text:
      security !== null
        ? `the cluster allows no such pod (Pod Security ${security[1] ?? ""}): ${shortened(security[2] ?? "")}`
        : policy !== null
          ? `the cluster's policy ${policy[1] ?? ""} refuses it: ${shortened(policy[2] ?? "")}`
          : account !== undefined
            ? `its service account ${account} is not there`
            : /(minimum|maximum) .* per (Container|Pod|PersistentVolumeClaim)/.test(message)
              ? `the environment's limits refuse it: ${shortened(why)}`
              : `the API server refuses it: ${shortened(why)}`,
    next: `correct the chart or its values, then ${applyCommand(environment)}`,
  };
}

function quotaFinding(
  [, quota = "", requested = "", used = "", limited = ""]: readonly string[],
  environment: string,
): Omit<Finding, "since"> {
  const [asked, taken, hard] = [requested, used, limited].map(amounts);
  const parts = [...(asked ?? [])].map(
    ([resource, amount]) =>
      `${resource}: it asks for ${amount}, and ${taken?.get(resource) ?? "0"} of ${hard?.get(resource) ?? "?"} are used`,
  );
  return {
    cause: "quota",
    text: `the quota ${quota} is used up: ${parts.join("; ")}`,
    next: `a larger size (ed8kctl create ${environment} --size l), smaller requests, or fewer services (ed8kctl stop ${environment} SERVICE)`,
  };
}

/** `requests.cpu=9,pods=1` by resource. */
function amounts(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split(",").map((pair) => {
      const [resource = "", amount = ""] = pair.trim().split("=");
      const parsed = parseQuantity(amount);
      return [resource, parsed === undefined ? amount : amountText(resource, parsed)];
    }),
  );
}
