import { asList, asText, at, type LiveObject } from "../../../kube/object.js";
import { toldOf, type Told } from "../events.js";
import type { Finding } from "../problem.js";
import { applyCommand, shortened } from "../words.js";

/** Why a pod that has a node gets no files; `undefined` when nothing says that it does not. */
export function mountFinding(told: readonly Told[], environment: string): Finding | undefined {
  const failed = told.filter(({ reason }) => reason === "FailedMount" || reason === "FailedAttachVolume");
  // That the wait has ended is told beside what was waited for.
  const cause = failed.find(({ message }) => !/^Unable to attach or mount volumes/.test(message)) ?? failed[0];
  if (cause === undefined) return undefined;
  const [, volume = "", why = cause.message] = /for volume "(.+?)" : (.*)$/s.exec(cause.message) ?? [];
  const [, kind, name = ""] = /(secret|configmap) "(.+?)" not found/.exec(why) ?? [];
  const since = cause.first;
  if (kind !== undefined) {
    const what = kind === "secret" ? "Secret" : "ConfigMap";
    return {
      cause: kind === "secret" ? "missing-secret" : "missing-config-map",
      text: `needs the ${what} ${name} for its volume ${volume}, which is not there`,
      next: `make it, or correct its name in the chart's values and run ${applyCommand(environment)}`,
      since,
    };
  }
  return {
    cause: "volume",
    text: `cannot mount its volume${volume === "" ? "" : ` ${volume}`}: ${shortened(why)}`,
    next: `ed8kctl show ${environment} lists the volumes`,
    since,
  };
}

/** A volume of the pod that is not there yet, and what is said of it. */
export function claimFinding(
  pod: LiveObject,
  { volumes, events }: { readonly volumes: readonly LiveObject[]; readonly events: readonly LiveObject[] },
): Finding | undefined {
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
    next: `kubectl describe pvc ${pending.metadata.name} tells more; a cluster without a provisioner for its storage class never makes it`,
    since: pending.metadata.creationTimestamp,
  };
}
