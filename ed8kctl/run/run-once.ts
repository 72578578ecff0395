import { randomUUID } from "node:crypto";
import { UserError } from "../../errors.js";
import type { KubeClient } from "../../kube/client.js";
import { KubeError } from "../../kube/errors.js";
import type { Manifest } from "../../kube/manifest.js";
import { asList, asText, at, type LiveObject } from "../../kube/object.js";
import { hash } from "../../naming.js";
import { refusalFinding } from "../diagnosis/workloads/refusal.js";
import type { ReadTarget } from "../live/client.js";
import { ExitStatus } from "../exit-status.js";
import { execInPod } from "../kubectl.js";
import type { Output } from "../output.js";
import { awaitBegun, NotBegun } from "./await-begun.js";
import { logged } from "./logged.js";
import { podLike } from "./pod-like.js";
import { removeEnded, removePod, type Removing } from "./remove-pods.js";
import { failureOf, soonAfter } from "./time-limit.js";

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
  await removeEnded(removing(run), Date.now(), run.signal);
  try {
    // While it is held, the command is entered like a shell: with stdin, a terminal, and every byte as it is.
    await inPod(run, ["sleep", String(run.timeoutSeconds)], (pod) => entered(pod, run));
  } catch (error) {
    if (!(error instanceof NotBegun && NO_SLEEP.test(error.finding.text))) throw error;
    const { target, environment, timeoutSeconds, out, signal } = run;
    out.warn("its image has no program `sleep`: the command gets no stdin, and its stderr comes on stdout");
    await inPod(run, run.command, (pod) =>
      logged(pod, { client: target.client, environment, timeoutSeconds, out, signal }),
    );
  }
}

/** Nothing else that keeps a pod from beginning is mended by holding it otherwise. */
const NO_SLEEP = /has no program "sleep"/;

function removing({ target: { client, facts }, environment, out }: RunOnce): Removing {
  return { client, environment, context: facts.context, out };
}

async function inPod(
  run: RunOnce,
  command: readonly string[],
  work: (pod: LiveObject) => Promise<void>,
): Promise<void> {
  const { environment, workload, timeoutSeconds, signal } = run;
  const like = { environment, workload, command, digest: hash(randomUUID()), deadlineSeconds: timeoutSeconds };
  const made = await create(podLike(like), run);
  try {
    signal.throwIfAborted();
    const { client, facts } = run.target;
    const report = (line: string): void => run.out.progress(line);
    const awaiting = { client, environment, context: facts.context, timeoutSeconds, signal, report };
    await work(await awaitBegun(made, awaiting));
  } finally {
    await removePod(made.metadata.name, removing(run));
  }
}

/** So long after Ctrl-C an answer is waited for, in milliseconds: without it nobody knows whether there is a pod. */
const ANSWER_MS = 5000;

async function create(pod: Manifest, run: RunOnce): Promise<LiveObject> {
  try {
    return await run.target.client.create(pod, { signal: soonAfter(run.signal, ANSWER_MS) });
  } catch (error) {
    // No answer: it may be there all the same.
    if (!(error instanceof KubeError)) await removePod(pod.metadata.name, removing(run));
    // Who has no right to make pods is told that by the API server; all else is about this pod.
    if (!(error instanceof KubeError) || error.reason !== "Forbidden" || / cannot create /.test(error.message))
      throw error;
    const { text, next } = refusalFinding(error.message, run.environment);
    throw new UserError(`no pod can be made: ${text}`, { hint: next, cause: error });
  }
}

async function entered(pod: LiveObject, run: RunOnce): Promise<void> {
  const { target, environment, command, out, signal } = run;
  const report = (line: string): void => out.progress(line);
  const execution = { pod: pod.metadata.name, container: containerOf(pod), command };
  try {
    await execInPod(execution, { facts: target.facts, namespace: environment, signal, report });
  } catch (error) {
    throw error instanceof ExitStatus ? failureOf(error.code, pod, run.timeoutSeconds) : error;
  }
}

function containerOf({ spec }: LiveObject): string {
  return asText(at(asList(at(spec, "containers"))[0], "name"));
}
