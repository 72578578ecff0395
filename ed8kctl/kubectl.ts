import { spawn } from "node:child_process";
import type { ClusterFacts } from "../cluster/outputs.js";
import { UserError } from "../errors.js";
import { executablesOnPath } from "../sandbox/tools/path.js";
import { resolveTool } from "../sandbox/tools/resolve.js";

export interface KubectlRun {
  readonly facts: Pick<ClusterFacts, "context">;
  readonly namespace: string;
  readonly signal: AbortSignal;
  /** Told while kubectl has to be fetched first. */
  readonly report: (line: string) => void;
}

/**
 * Runs kubectl on this terminal, pinned to a cluster and a namespace, whatever the current context is.
 * @throws UserError when it ends with a fault; it has told which
 */
export async function runKubectl(args: readonly string[], run: KubectlRun): Promise<void> {
  const { facts, namespace, signal, report } = run;
  // Any version will do: what it is used for has been the same for years.
  const [onPath] = executablesOnPath("kubectl", process.env["PATH"] ?? "");
  const kubectl = onPath ?? (await resolveTool("kubectl", { report, signal }));
  const all = ["--context", facts.context, "--namespace", namespace, ...args];
  const child = spawn(kubectl, all, { stdio: "inherit", signal });
  const status = await new Promise<number | string>((done, fail) => {
    child.once("error", fail);
    child.once("exit", (code, ended) => done(code ?? ended ?? 0));
  });
  if (status !== 0) throw new UserError(`kubectl ${args[0] ?? ""} ended with ${status}`);
}
