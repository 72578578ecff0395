import { UserError } from "../../errors.js";
import type { KubeClient } from "../../kube/client.js";
import { asList, at, type LiveObject } from "../../kube/object.js";
import { watch } from "../../kube/watch.js";
import { podFinding } from "../diagnosis/pods/pod.js";
import type { Cause, Finding } from "../diagnosis/problem.js";

export interface Awaiting {
  readonly client: KubeClient;
  readonly environment: string;
  readonly signal: AbortSignal;
  /** Told what it waits for. */
  readonly report: (line: string) => void;
}

/** A pod that did not come to run; the hint is what to do. */
export class NotBegun extends UserError {
  readonly reason: Cause;

  constructor(pod: string, { cause, text, next }: Finding) {
    super(`${pod} ${text}`, { hint: next });
    this.name = "NotBegun";
    this.reason = cause;
  }
}

/**
 * Waits until the one container of a pod runs, or has run.
 * @throws NotBegun when it never will: its image cannot be had, its settings are missing, its program is not there
 */
export async function awaitBegun(pod: LiveObject, awaiting: Awaiting): Promise<LiveObject> {
  const { client, environment, signal, report } = awaiting;
  const { name, resourceVersion } = pod.metadata;
  const ref = { apiVersion: "v1", kind: "Pod", namespace: environment };
  let told = "";
  for await (const { type, object } of watch(client, ref, { name, resourceVersion, signal })) {
    if (type === "DELETED") throw new UserError(`${name} was removed before it began`);
    if (hasBegun(object)) return object;
    const finding = await findingOf(object, awaiting);
    if (finding === undefined) continue;
    if (LASTING.has(finding.cause) || at(object["status"], "phase") === "Failed") throw new NotBegun(name, finding);
    // Every pod starts, and events come before states; only what takes longer is worth a line.
    if (!BRIEF.has(finding.cause) && finding.text !== told) report(`${name} ${finding.text}`);
    told = finding.text;
  }
  signal.throwIfAborted();
  throw new UserError(`${name} was lost sight of`);
}

/** Waiting does not help against these. */
const LASTING: ReadonlySet<Cause> = new Set([
  "image-not-found",
  "image-no-access",
  "image-unreachable",
  "image-invalid",
  "image-other",
  "cannot-start",
  "missing-secret",
  "missing-config-map",
  "bad-settings",
]);

/** What mostly is over before it is read. */
const BRIEF: ReadonlySet<Cause> = new Set(["starting", "unknown"]);

function hasBegun({ status }: LiveObject): boolean {
  const [container] = asList(at(status, "containerStatuses"));
  // The runtime's own code for what it could not start is 128.
  const reason = at(container, "state", "terminated", "reason");
  const ended = reason !== undefined && reason !== "StartError" && reason !== "ContainerCannotRun";
  return ended || at(container, "state", "running") !== undefined;
}

async function findingOf(pod: LiveObject, { client, environment, signal }: Awaiting): Promise<Finding | undefined> {
  const selector = { fieldSelector: `involvedObject.name=${pod.metadata.name}`, signal };
  const { items: events } = await client.list({ apiVersion: "v1", kind: "Event", namespace: environment }, selector);
  const nothing = { workloads: [], pods: [pod], volumes: [], nodes: [] };
  return podFinding(pod, { ...nothing, environment, events, now: Date.now() });
}
