import { UserError } from "../../errors.js";
import type { KubeClient } from "../../kube/client.js";
import { asList, at, type LiveObject } from "../../kube/object.js";
import { watch } from "../../kube/watch.js";
import { podFinding } from "../diagnosis/pods/pod.js";
import type { Cause, Finding } from "../diagnosis/problem.js";
import { limited } from "../../time-limit.js";

export interface Awaiting {
  readonly client: KubeClient;
  readonly environment: string;
  /** The cluster's context, for commands. */
  readonly context: string;
  /** So long it is waited at most. */
  readonly timeoutSeconds: number;
  readonly signal: AbortSignal;
  /** Told what it waits for. */
  readonly report: (line: string) => void;
}

/** A pod that did not come to run; the hint is what to do. */
export class NotBegun extends UserError {
  readonly finding: Finding;

  constructor(pod: string, finding: Finding) {
    super(`${pod} ${finding.text}`, { hint: finding.next });
    this.name = "NotBegun";
    this.finding = finding;
  }
}

/**
 * Waits until the one container of a pod runs, or has run.
 * @throws NotBegun when it never will: its image cannot be had, its settings are missing, its program is not there;
 * UserError when it has not in time
 */
export async function awaitBegun(pod: LiveObject, awaiting: Awaiting): Promise<LiveObject> {
  const { client, environment, timeoutSeconds, signal, report } = awaiting;
  const { name, resourceVersion } = pod.metadata;
  const ref = { apiVersion: "v1", kind: "Pod", namespace: environment };
  const patient = ({ message }: Error): void => report(`${message}; trying again`);
  const options = { name, resourceVersion, patient, signal: limited(signal, timeoutSeconds * 1000) };
  let told = "";
  for await (const { type, object } of watch(client, ref, options)) {
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
  throw new UserError(`${name} has not begun within its --timeout${told === "" ? "" : `: it ${told}`}`, {
    hint: `ed8kctl show ${environment} tells what is wrong; to give it more time: --timeout 4h`,
  });
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

async function findingOf(pod: LiveObject, awaiting: Awaiting): Promise<Finding | undefined> {
  const { client, environment, context, signal } = awaiting;
  const selector = { fieldSelector: `involvedObject.name=${pod.metadata.name}`, signal };
  const { items: events } = await client.list({ apiVersion: "v1", kind: "Event", namespace: environment }, selector);
  const nothing = { workloads: [], pods: [pod], volumes: [], nodes: [] };
  return podFinding(pod, { ...nothing, environment, context, events, now: Date.now() });
}
