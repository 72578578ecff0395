import { spawn } from "node:child_process";
import type { ClusterFacts } from "../cluster/outputs.js";
import { UserError } from "../errors.js";
import { executablesOnPath } from "../sandbox/tools/path.js";
import { resolveTool } from "../sandbox/tools/resolve.js";
import { ExitStatus } from "./exit-status.js";
import { simulatedHint } from "./simulated.js";

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
  // The end of what was said, as long as it may be kubectl's own word for the exit code.
  let verdict = "";
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => {
    process.stderr.write(verdict);
    said = (said + chunk.toString()).slice(-SAID);
    verdict = VERDICT.exec(chunk.toString())?.[0] ?? "";
    process.stderr.write(chunk.subarray(0, chunk.length - Buffer.byteLength(verdict)));
  });
  const status = await new Promise<number | string>((done, fail) => {
    child.once("error", fail);
    child.once("close", (ended, killed) => done(ended ?? killed ?? 0));
  });
  // A command may say the same of another, or of itself before it goes on.
  if (typeof status === "number" && status > 0 && Number(VERDICT.exec(verdict)?.[1]) === status) {
    throw new ExitStatus(status);
  }
  process.stderr.write(verdict);
  if (status === 0) return;
  throw new UserError(`kubectl exec ended with ${status}`, simulatedHint(said));
}

/** So many characters of what was said last are kept. */
const SAID = 10_000;

/** How kubectl tells the command's exit code, which it then ends with; its own faults end with 1 as well. */
const VERDICT = /(?<=^|\n)command terminated with exit code (\d+)\n$/;
