import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type NodePrograms, resolveNodePrograms } from "../../../sandbox/tools/node-programs.js";
import { until } from "../sandbox/own-sandbox.js";

/** A containerd that runs on the machine before a sandbox does, as Docker's or Kubernetes' own: with CRI, and one namespace. */
export class OtherContainerd {
  readonly #folder: string;
  readonly #programs: NodePrograms;
  readonly #process: ChildProcess;

  static async start(): Promise<OtherContainerd> {
    const programs = await resolveNodePrograms({ report: () => undefined });
    const folder = mkdtempSync(join(tmpdir(), "ed8k-other-"));
    const config = join(folder, "config.toml");
    writeFileSync(config, configuration(folder));
    const child = spawn(programs.containerd, [`--config=${config}`, "--log-level=error"], { stdio: "ignore" });
    const other = new OtherContainerd(folder, programs, child);
    try {
      await until(() => other.#ctr("namespaces", "create", "own").then(Boolean, () => false));
      return other;
    } catch (error) {
      await other.stop();
      throw error;
    }
  }

  private constructor(folder: string, programs: NodePrograms, child: ChildProcess) {
    this.#folder = folder;
    this.#programs = programs;
    this.#process = child;
  }

  /** Fails when it does not answer any more. */
  async namespaces(): Promise<readonly string[]> {
    return (await this.#ctr("namespaces", "list", "--quiet")).stdout.trim().split("\n");
  }

  async stop(): Promise<void> {
    const hasEnded = this.#process.exitCode !== null || this.#process.signalCode !== null;
    if (!hasEnded && this.#process.kill()) await once(this.#process, "exit");
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #ctr(...args: readonly string[]): Promise<{ readonly stdout: string }> {
    return promisify(execFile)(this.#programs.ctr, [`--address=${join(this.#folder, "socket")}`, ...args], {
      timeout: 5000,
    });
  }
}

/** As Debian's own, in another place. */
function configuration(folder: string): string {
  const at = (name: string): string => JSON.stringify(join(folder, name));
  return `version = 2
root = ${at("root")}
state = ${at("state")}
[grpc]
address = ${at("socket")}
[plugins."io.containerd.internal.v1.opt"]
path = ${at("opt")}
[plugins."io.containerd.grpc.v1.cri".cni]
conf_dir = ${at("cni")}
`;
}
