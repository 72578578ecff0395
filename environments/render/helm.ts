import { spawn } from "node:child_process";
import type { JsonObject } from "../../kube/manifest.js";

export interface HelmRun {
  /** Path of the helm that is run. */
  readonly helm: string;
  readonly release: string;
  /** Absolute path of the chart's folder. */
  readonly chart: string;
  readonly namespace: string;
  readonly kubernetesVersion: string;
  readonly values: JsonObject;
  /** True: definitions in the chart's folder `crds/` are printed too. @default false */
  readonly includeCrds?: boolean;
  /** True: what is no valid YAML is printed too, as the template files gave it. @default false */
  readonly printInvalid?: boolean;
  readonly signal?: AbortSignal;
}

export interface HelmResult {
  readonly ok: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs `helm template`, which reaches neither a cluster nor the network.
 * @throws what `signal` was aborted with; an `Error` when helm cannot be started
 */
export function runHelm(run: HelmRun): Promise<HelmResult> {
  const { HELM_DEBUG: _, ...env } = process.env;
  // A dash for the file: values go through a pipe, so that they show in no list of processes and in no file.
  const args = ["template", run.release, run.chart, "--namespace", run.namespace, "--values", "-"];
  args.push("--kube-version", run.kubernetesVersion);
  if (run.includeCrds === true) args.push("--include-crds");
  if (run.printInvalid === true) args.push("--debug");
  return new Promise((resolve, reject) => {
    const helm = spawn(run.helm, args, { env, ...(run.signal === undefined ? {} : { signal: run.signal }) });
    let stdout = "";
    let stderr = "";
    helm.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    helm.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    helm.on("error", reject);
    helm.on("close", (code) => {
      resolve({ ok: code === 0, stdout, stderr });
    });
    // A helm that fails before it reads closes the pipe; its exit code tells why.
    helm.stdin.on("error", () => undefined);
    helm.stdin.end(JSON.stringify(run.values));
  });
}
