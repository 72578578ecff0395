import { asText, at, isJsonObject } from "../../../kube/object.js";
import type { Finding } from "../problem.js";
import { applyCommand, shortened, WAIT } from "../words.js";
import { type Container, hasDone } from "./container.js";
import { AGAIN, endedFinding, LOST, startFinding } from "./ended.js";
import { IMAGE_REASONS, imageFinding } from "./image.js";
import { runningFinding } from "./probes.js";

/** What keeps one container from being ready; `undefined` when nothing does, or it has not had its turn. */
export function containerFinding(container: Container): Finding | undefined {
  const { state, isInit } = container;
  if (isJsonObject(state["waiting"])) return waitingFinding(container);
  if (isJsonObject(state["terminated"])) return hasDone(container) ? undefined : endedFinding(container);
  if (!isJsonObject(state["running"])) return undefined;
  if (isInit) return endedLately(container) ?? preparingFinding(container);
  return container.ready ? undefined : (endedLately(container) ?? runningFinding(container));
}

/** For so long after its last end a container that runs again counts as one that crashes, in milliseconds. */
const LATELY_MS = 10 * 60_000;

/** A container that serves, but was ended again and again until a moment ago. */
export function restartedFinding(container: Container): Finding | undefined {
  const finding = container.ready && container.restarts >= AGAIN ? endedLately(container) : undefined;
  return finding && { ...finding, cause: "restarted", text: `runs again; it ${finding.text}` };
}

function endedLately(container: Container): Finding | undefined {
  const end = container.lastState["terminated"];
  // What went with its node says nothing of how it does now.
  if (LOST.has(asText(at(end, "reason")))) return undefined;
  const finished = Date.parse(asText(at(end, "finishedAt")));
  return container.restarts > 0 && container.now - finished < LATELY_MS ? endedFinding(container) : undefined;
}

function waitingFinding(container: Container): Finding | undefined {
  const { state, told, spec, environment } = container;
  const reason = asText(at(state["waiting"], "reason"));
  const message = asText(at(state["waiting"], "message"));
  if (IMAGE_REASONS.has(reason)) {
    const image = asText(spec["image"]);
    return imageFinding({ image, reason, message: `${message} ${pullFault(container)}`.trim(), environment });
  }
  if (reason === "CreateContainerConfigError") return settingsFinding(container, message);
  if (reason === "CreateContainerError" || reason === "RunContainerError") return startFinding(container, message);
  if (reason === "CrashLoopBackOff") return endedFinding(container);
  const pulling = told.find(({ reason: what }) => what === "Pulling" || what === "Pulled" || what === "Created");
  if (pulling?.reason !== "Pulling") return undefined;
  return {
    cause: "image-pulling",
    text: `waits for its image ${asText(spec["image"])}, which is being pulled`,
    next: "wait; a big image takes minutes the first time on a node",
    since: pulling.last,
  };
}

/** Kubelets before 1.32 tell why a pull has failed in an event only. */
function pullFault({ told }: Container): string {
  return told.find(({ reason, message }) => reason === "Failed" && message.startsWith("Failed to pull"))?.message ?? "";
}

const WHAT = {
  secret: { kind: "Secret", cause: "missing-secret" },
  configmap: { kind: "ConfigMap", cause: "missing-config-map" },
} as const;

/** Settings of a container that come from what is not there. */
function settingsFinding({ environment }: Container, message: string): Finding {
  const [, kind = "", name] = /^(secret|configmap) "(.+?)" not found/.exec(message) ?? [];
  const [, key, keyKind = "", keyName = ""] =
    /couldn't find key (\S+) in (Secret|ConfigMap) \S*?\/?([^/\s]+)$/.exec(message) ?? [];
  const what = WHAT[(name === undefined ? keyKind : kind).toLowerCase() as keyof typeof WHAT] as
    (typeof WHAT)[keyof typeof WHAT] | undefined;
  if (what === undefined) {
    return {
      cause: "bad-settings",
      text: `cannot start with these settings: ${shortened(message)}`,
      next: `correct the chart or its values, then ${applyCommand(environment)}`,
    };
  }
  return {
    cause: what.cause,
    text:
      name === undefined
        ? `needs the key "${key ?? ""}" of the ${what.kind} ${keyName}, which has no such key`
        : `needs the ${what.kind} ${name}, which is not there`,
    next: `make it, or correct its name in the chart's values and run ${applyCommand(environment)}`,
  };
}

/** A container that prepares the others takes its time. */
function preparingFinding({ pod, name, state }: Container): Finding {
  return {
    cause: "starting",
    text: "still runs, and the pod's other containers wait for it",
    next: `${WAIT}; its last lines may say what it waits for`,
    since: asText(at(state["running"], "startedAt")),
    log: { pod, container: name, previous: false },
  };
}
