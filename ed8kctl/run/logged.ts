import { setTimeout as pause } from "node:timers/promises";
import { UserError } from "../../errors.js";
import type { KubeClient } from "../../kube/client.js";
import { KubeError } from "../../kube/errors.js";
import { asList, at, type LiveObject } from "../../kube/object.js";
import { containerRuns } from "../logs/containers.js";
import { followRun } from "../logs/follow-run.js";
import type { Output } from "../output.js";
import { limited } from "../../time-limit.js";
import { failureOf, tookTooLong } from "./time-limit.js";

/** A pod whose own process is the command. */
export interface Logged {
  readonly client: KubeClient;
  readonly environment: string;
  readonly timeoutSeconds: number;
  readonly out: Pick<Output, "warn" | "stream">;
  readonly signal: AbortSignal;
}

/**
 * Tells what the command says, to its end.
 * @throws ExitStatus with its exit code when that is not 0; UserError when it took too long, or nobody says how it ended
 */
export async function logged(pod: LiveObject, { timeoutSeconds, out, signal, ...place }: Logged): Promise<void> {
  const [run] = containerRuns(pod);
  if (run === undefined) return;
  const ending = limited(signal, timeoutSeconds * 1000 + EXIT_MS);
  await followRun(
    run,
    {
      ...place,
      signal: ending,
      onLine: ({ text }) => out.stream(`${text}\n`),
      onFault: (fault) => out.warn(`${wordsOf(fault)}; trying again`),
    },
    {},
  );
  signal.throwIfAborted();
  if (ending.aborted) throw tookTooLong();
  const code = await exitCodeOf(pod, { ...place, signal });
  if (code !== 0) throw failureOf(code, pod, timeoutSeconds);
}

function wordsOf(fault: Error): string {
  return fault instanceof UserError || fault instanceof KubeError ? fault.message : "the connection was cut";
}

/** The log ends a moment before the kubelet has told how, in milliseconds. */
const EXIT_MS = 15_000;

async function exitCodeOf(
  { metadata: { name } }: LiveObject,
  { client, environment, signal }: Pick<Logged, "client" | "environment" | "signal">,
): Promise<number> {
  for (const end = Date.now() + EXIT_MS; Date.now() < end; await pause(100, undefined, { signal })) {
    const pod = await client.find({ apiVersion: "v1", kind: "Pod", name, namespace: environment }, { signal });
    if (pod === undefined) break;
    const code = at(asList(at(pod["status"], "containerStatuses"))[0], "state", "terminated", "exitCode");
    if (typeof code === "number") return code;
  }
  throw new UserError("the command has ended, but its exit code is not known");
}
