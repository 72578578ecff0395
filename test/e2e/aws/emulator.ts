import { OwnCluster } from "../environments/own-cluster.js";
import { sandboxEnvironment } from "../../../sandbox/shell.js";

/** A sandbox with the AWS emulator. */
class EmulatorSandbox extends OwnCluster {
  protected override readonly nodes = ["--nodes", "simulated", "--aws"];
}

/** The AWS emulator that a test file works on: one of its own, or the one that `AWS_ENDPOINT_URL` names. */
export class Emulator {
  #sandbox: EmulatorSandbox | undefined;

  async start(): Promise<void> {
    if (process.env["AWS_ENDPOINT_URL"] !== undefined) return;
    this.#sandbox = new EmulatorSandbox();
    await this.#sandbox.start();
  }

  /** Variables by which AWS' SDKs work on it. */
  get env(): NodeJS.ProcessEnv {
    return this.#sandbox === undefined ? process.env : sandboxEnvironment();
  }

  async stop(): Promise<void> {
    await this.#sandbox?.remove();
  }
}
