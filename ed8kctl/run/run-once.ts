import { randomUUID } from "node:crypto";
import { UserError } from "../../errors.js";
import type { KubeClient } from "../../kube/client.js";
import { KubeError } from "../../kube/errors.js";
import { asList, asText, at, type LiveObject } from "../../kube/object.js";
import { hash, LABELS } from "../../naming.js";
import { refusalFinding } from "../diagnosis/workloads/refusal.js";
import type { ReadTarget } from "../live/client.js";
import { ExitStatus } from "../exit-status.js";
import { execInPod } from "../kubectl.js";
import { containerRuns } from "../logs/containers.js";
import { openLog } from "../logs/open-log.js";
import type { Output } from "../output.js";
import { awaitBegun, NotBegun } from "./await-begun.js";
import { podLike, type PodLike } from "./pod-like.js";

/** A command that is run once, and where. */
export interface RunOnce {
  readonly target: ReadTarget & { readonly client: KubeClient };
  readonly environment: string;
  readonly workload: LiveObject;
  readonly command: readonly string[];
  /** Longer it may not take. */
  readonly timeoutSeconds: number;
  readonly out: Pick<Output, "progress" | "warn" | "stream">;
  readonly signal: AbortSignal;
}

/**
 * Runs a command in a pod of its own, which is like those of a workload, and removes the pod in the end.
 * @throws ExitStatus with the command's exit code when that is not 0; UserError when it cannot be begun
 */
export async function runOnce(run: RunOnce): Promise<void> {
  await removeEnded(run);
  try {
    // While it is held, the command is entered like a shell: with stdin, a terminal, and every byte as it is.
    await inPod(run, ["sleep", String(run.timeoutSeconds)], (pod) => entered(pod, run));
  } catch (error) {
    if (!(error instanceof NotBegun && error.reason === "cannot-start")) throw error;
    run.out.warn("its image has no program `sleep`: the command gets no stdin, and its stderr comes on stdout");
    await inPod(run, run.command, (pod) => logged(pod, run));
  }
}

async function inPod(
  { target: { client }, environment, workload, timeoutSeconds, out, signal }: RunOnce,
  command: readonly string[],
  work: (pod: LiveObject) => Promise<void>,
): Promise<void> {
  const like = { environment, workload, command, digest: hash(randomUUID()), deadlineSeconds: timeoutSeconds };
  const made = await create(client, like, signal);
  try {
    const report = (line: string): void => out.progress(line);
    await work(await awaitBegun(made, { client, environment, signal, report }));
  } finally {
    await remove(client, made, out);
  }
}

async function create(client: KubeClient, like: PodLike, signal: AbortSignal): Promise<LiveObject> {
  try {
    return await client.create(podLike(like), { signal });
  } catch (error) {
    // Who has no right to make pods is told that by the API server; all else is about this pod.
    if (!(error instanceof KubeError) || error.reason !== "Forbidden" || / cannot create /.test(error.message))
      throw error;
    const { text, next } = refusalFinding(error.message, like.environment);
    throw new UserError(`no pod can be made: ${text}`, { hint: next, cause: error });
  }
}

async function entered(pod: LiveObject, run: RunOnce): Promise<void> {
  const { target, environment, command, timeoutSeconds, out, signal } = run;
  const { facts } = target;
  const deadline = Date.parse(pod.metadata.creationTimestamp) + timeoutSeconds * 1000;
  const report = (line: string): void => out.progress(line);
  const execution = { pod: pod.metadata.name, container: containerOf(pod), command };
  try {
    await execInPod(execution, { facts, namespace: environment, signal, report });
  } catch (error) {
    if (!(error instanceof ExitStatus && error.code === KILLED && Date.now() >= deadline)) throw error;
    throw new UserError("the command was ended: it took longer than its --timeout", {
      hint: "give it more, such as --timeout 4h",
    });
  }
}

/** What a command ends with that is killed with its pod. */
const KILLED = 137;

/** Where nothing can be entered, the command is what the pod runs, and its log is what it says. */
async function logged(pod: LiveObject, { target: { client }, environment, out, signal }: RunOnce): Promise<void> {
  const [run] = containerRuns(pod);
  if (run === undefined) return;
  const nobody = (): void => undefined;
  const request = { client, environment, services: [], sinceSeconds: undefined, tailLines: undefined, previous: false };
  const all = { ...request, signal, onLine: nobody, onFault: nobody };
  for await (const { text } of openLog(run, all, { follow: true })) out.stream(`${text}\n`);
  const code = await exitCodeOf(pod, { client, environment, signal });
  if (code !== 0) throw new ExitStatus(code);
}

async function exitCodeOf(
  { metadata: { name } }: LiveObject,
  { client, environment, signal }: Pick<RunOnce, "environment" | "signal"> & { readonly client: KubeClient },
): Promise<number> {
  for (;;) {
    const pod = await client.get({ apiVersion: "v1", kind: "Pod", name, namespace: environment }, { signal });
    const code = at(asList(at(pod["status"], "containerStatuses"))[0], "state", "terminated", "exitCode");
    if (typeof code === "number") return code;
    // The log ends a moment before the kubelet has told how.
    await new Promise((done) => setTimeout(done, 100));
  }
}

/** So long is tried to remove a pod, in milliseconds; Ctrl-C does not end it, for it is what Ctrl-C asks for. */
const REMOVE_MS = 10_000;

async function remove(client: KubeClient, { metadata }: LiveObject, out: RunOnce["out"]): Promise<void> {
  const { name, namespace = "" } = metadata;
  try {
    const signal = AbortSignal.timeout(REMOVE_MS);
    const options = { gracePeriodSeconds: 1, signal };
    await client.delete({ apiVersion: "v1", kind: "Pod", name, namespace }, options);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    out.warn(`the pod ${name} is left (${why}); kubectl delete pod ${name} -n ${namespace} removes it`);
  }
}

/** What runs of killed clients have left behind and Kubernetes has ended since. */
async function removeEnded({ target: { client }, environment, out, signal }: RunOnce): Promise<void> {
  const ref = { apiVersion: "v1", kind: "Pod", namespace: environment };
  const { items } = await client.list(ref, { labelSelector: LABELS.run, signal });
  const ended = items.filter(({ status }) => ["Succeeded", "Failed"].includes(asText(at(status, "phase"))));
  await Promise.all(ended.map((pod) => remove(client, pod, out)));
}

function containerOf({ spec }: LiveObject): string {
  return asText(at(asList(at(spec, "containers"))[0], "name"));
}
