import { spawn } from "node:child_process";
import type { ClusterFacts } from "../cluster/outputs.js";
import { UserError } from "../errors.js";
import { executablesOnPath } from "../sandbox/tools/path.js";
import { resolveTool } from "../sandbox/tools/resolve.js";
import { ExitStatus } from "./exit-status.js";

export interface KubectlRun {
  readonly facts: Pick<ClusterFacts, "context">;
  readonly namespace: string;
  readonly signal: AbortSignal;
  /** Told while kubectl has to be fetched first. */
  readonly report: (line: string) => void;
}

/** The program, and the words that pin it to a cluster and a namespace, whatever the current context is. */
export interface Kubectl {
  readonly file: string;
  readonly args: readonly string[];
}

/** Finds kubectl; any version will do, for what it is used for has been the same for years. */
export async function findKubectl({ facts, namespace, signal, report }: KubectlRun): Promise<Kubectl> {
  const [onPath] = executablesOnPath("kubectl", process.env["PATH"] ?? "");
  const file = onPath ?? (await resolveTool("kubectl", { report, signal }));
  return { file, args: ["--context", facts.context, "--namespace", namespace] };
}

/** A command, and the container that it runs in. */
export interface Execution {
  readonly pod: string;
  readonly container: string;
  readonly command: readonly string[];
}

/**
 * Runs a command in a container, with this process's stdin, stdout and stderr; on a terminal, with one of its own.
 * @throws ExitStatus with the command's exit code when that is not 0; UserError when kubectl cannot run it
 */
export async function execInPod({ pod, container, command }: Execution, run: KubectlRun): Promise<void> {
  const { file, args } = await findKubectl(run);
  const flags = process.stdin.isTTY && process.stdout.isTTY ? ["-it"] : ["-i"];
  const words = [...args, "exec", ...flags, pod, "-c", container, "--", ...command];
  const child = spawn(file, words, { stdio: ["inherit", "inherit", "pipe"], signal: run.signal });
  let code: number | undefined;
  let isSimulated = false;
  child.stderr.on("data", (chunk: Buffer) => {
    isSimulated ||= NOT_REAL.test(chunk.toString());
    const said = VERDICT.exec(chunk.toString());
    code = said === null ? code : Number(said[1]);
    process.stderr.write(said === null ? chunk : chunk.toString().slice(0, said.index));
  });
  const status = await new Promise<number | string>((done, fail) => {
    child.once("error", fail);
    child.once("close", (ended, killed) => done(ended ?? killed ?? 0));
  });
  if (code !== undefined) throw new ExitStatus(code);
  if (status === 0) return;
  throw new UserError(
    `kubectl exec ended with ${status}`,
    isSimulated ? { hint: "no process runs on a simulated node; ed8kctl sandbox status tells which nodes it has" } : {},
  );
}

/** How kubectl tells the command's exit code, which it then ends with; its own faults end with 1 as well. */
const VERDICT = /(?<=^|\n)command terminated with exit code (\d+)\n$/;

/** What kwok answers for its nodes. */
const NOT_REAL = /no exec found for container/;
