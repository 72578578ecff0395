import { asList, asText, at, type LiveObject } from "../../../kube/object.js";
import { toldOf, type Told } from "../events.js";
import type { Evidence, Finding } from "../problem.js";
import { applyCommand, kubectlCommand, shortened } from "../words.js";

/** Why a pod that has a node gets no files; `undefined` when nothing says that it does not. */
export function mountFinding(pod: LiveObject, told: readonly Told[], evidence: Evidence): Finding | undefined {
  const failed = told.filter(({ reason }) => reason === "FailedMount" || reason === "FailedAttachVolume");
  // That the wait has ended is told beside what was waited for.
  const cause = failed.find(({ message }) => !/^Unable to attach or mount volumes/.test(message)) ?? failed[0];
  if (cause === undefined) return undefined;
  const [, volume = "", why = cause.message] = /for volume "(.+?)" : (.*)$/s.exec(cause.message) ?? [];
  const since = cause.first;
  const missing = missingText(pod, volume, why);
  if (missing !== undefined) {
    const next = `make it, or correct its name in the chart's values and run ${applyCommand(evidence.environment)}`;
    return { ...missing, next, since };
  }
  return {
    cause: "volume",
    text: `cannot mount its volume${volume === "" ? "" : ` ${volume}`}: ${shortened(why)}`,
    next: describeNext(pod, evidence),
    since,
  };
}

/** What is looked at next where a volume is at fault. */
export function describeNext({ metadata }: LiveObject, evidence: Evidence): string {
  return `${kubectlCommand(evidence, `describe pod ${metadata.name}`)} tells more`;
}

/** A Secret or ConfigMap that is not there, or has not what is to be mounted of it. */
function missingText(pod: LiveObject, volume: string, why: string): Pick<Finding, "cause" | "text"> | undefined {
  const [, kind, name = ""] = /(secret|configmap) "(.+?)" not found/.exec(why) ?? [];
  const [, keyKind, key = ""] = /references non-existent (secret|config) key: (\S+)/.exec(why) ?? [];
  const found = kind ?? keyKind;
  if (found === undefined) return undefined;
  const isSecret = found === "secret";
  const what = isSecret ? "Secret" : "ConfigMap";
  return {
    cause: isSecret ? "missing-secret" : "missing-config-map",
    text:
      keyKind === undefined
        ? `needs the ${what} ${name} for its volume ${volume}, which is not there`
        : `needs the key "${key}" of the ${what} ${sourceName(pod, volume, isSecret)} for its volume ${volume}, which has no such key`,
  };
}

/** Which object a volume is made of; a projected one is made of several. */
function sourceName({ spec }: LiveObject, volume: string, isSecret: boolean): string {
  const own = asList(at(spec, "volumes")).find((one) => at(one, "name") === volume);
  const name = asText(isSecret ? at(own, "secret", "secretName") : at(own, "configMap", "name"));
  return name === "" ? "that it names" : name;
}

/** A volume of the pod that is not there yet, and what is said of it. */
export function claimFinding(pod: LiveObject, evidence: Evidence): Finding | undefined {
  const { volumes, events } = evidence;
  const names = asList(at(pod["spec"], "volumes")).map((one) => asText(at(one, "persistentVolumeClaim", "claimName")));
  const pending = volumes.find(
    ({ metadata, status }) => names.includes(metadata.name) && at(status, "phase") !== "Bound",
  );
  if (pending === undefined) return undefined;
  const [said] = toldOf(pending, events).filter(({ reason }) => reason !== "WaitForFirstConsumer");
  const lost = at(pending["status"], "phase") === "Lost" ? "has lost what it stood for" : "is not there yet";
  return {
    cause: "volume",
    text: `waits for its volume ${pending.metadata.name}, which ${lost}${said === undefined ? "" : `: ${shortened(said.message)}`}`,
    next: `${kubectlCommand(evidence, `describe pvc ${pending.metadata.name}`)} tells more; a cluster without a provisioner for its storage class never makes it`,
    since: pending.metadata.creationTimestamp,
  };
}
