import { existsSync, mkdirSync } from "node:fs";
import { awsComponents } from "../aws/components.js";
import { writeTokenReviewFile } from "../aws/token-review-config.js";
import { applyBaseObjects } from "../control-plane/base-objects.js";
import { controlPlane } from "../control-plane/components.js";
import { createCredentials, credentialFiles } from "../control-plane/credentials.js";
import { writeKubeconfigs } from "../control-plane/kubeconfigs.js";
import { openCluster } from "../control-plane/client.js";
import { sandboxNodes } from "../nodes/sandbox-nodes.js";
import type { Kept, Nodes } from "../nodes/nodes.js";
import type { SandboxPaths } from "../paths.js";
import { sandboxPorts } from "../ports.js";
import type { Settings } from "../records/settings.js";
import { type SandboxState, writeState } from "../records/state.js";
import type { Component } from "./component.js";
import { Keeper } from "./keeper.js";
import type { ProcessId } from "../machine/processes.js";

/** What a component may take to end by itself, in milliseconds. */
const GRACE_MS = 5000;

export interface SupervisorOptions {
  readonly settings: Settings;
  readonly paths: SandboxPaths;
  /** The process that it runs in. */
  readonly identity: ProcessId;
  /** @default those that the settings ask for */
  readonly makeNodes?: typeof sandboxNodes;
}

/** Starts the sandbox's components in order, keeps them running, and writes down what it sees. */
export class Supervisor {
  readonly #settings: Settings;
  readonly #paths: SandboxPaths;
  readonly #identity: ProcessId;
  readonly #nodes: Nodes;
  readonly #keepers: Keeper[] = [];
  readonly #steps: string[] = [];
  #isEnding = false;
  #readyNodes = 0;
  #isWritten = false;
  #phase: Pick<SandboxState, "phase" | "failure"> = { phase: "starting" };

  constructor({ settings, paths, identity, makeNodes = sandboxNodes }: SupervisorOptions) {
    this.#settings = settings;
    this.#paths = paths;
    this.#identity = identity;
    this.#nodes = makeNodes({
      settings,
      paths,
      client: () => openCluster(paths),
      keep: (component) => this.#keep(component),
      onStep: (step) => {
        this.#steps.push(step);
        this.#write();
      },
      log: (line) => this.#log(line),
    });
  }

  /** Resolves when the sandbox is ready, or when it has failed, is stopped again and has told why. */
  async start(): Promise<void> {
    try {
      mkdirSync(this.#paths.logs, { recursive: true, mode: 0o700 });
      this.#write();
      createCredentials(credentialFiles(this.#paths));
      const { etcd, apiServer, controllerManager, scheduler } = controlPlane(this.#settings, this.#paths);
      await Promise.all([this.#startAws(), this.#startApiServer(etcd, apiServer), this.#nodes.prepare()]);
      await Promise.all([
        this.#keep(controllerManager),
        this.#keep(scheduler),
        applyBaseObjects(openCluster(this.#paths)),
        this.#nodes.start(),
      ]);
      this.#readyNodes = await this.#nodes.health();
      this.#enter({ phase: "ready" });
    } catch (error) {
      if (this.#phase.phase === "stopping") return;
      // Whatever cannot be cleaned up: the reason is told.
      await this.#stopComponents().catch((left: unknown) => this.#log(`cannot clean up: ${(left as Error).message}`));
      this.#enter({ phase: "failed", failure: (error as Error).message });
      throw error;
    }
  }

  /** Ends every component; those that use the API server first, the store last. */
  async stop(): Promise<void> {
    this.#enter({ phase: "stopping" });
    await this.#stopComponents();
    this.#write();
  }

  /**
   * Counts the nodes again; while the API server does not answer, the last count stays. Writes down what could not be
   * written before.
   */
  async lookAtNodes(): Promise<void> {
    const ready = await this.#nodes.health().catch(() => this.#readyNodes);
    if (ready === this.#readyNodes && this.#isWritten) return;
    this.#readyNodes = ready;
    this.#write();
  }

  /** False when somebody removed the sandbox's folder under it: then there is nothing left to supervise. */
  get hasFolder(): boolean {
    return existsSync(this.#paths.marker);
  }

  /** Beside the API server, which asks the front only when somebody logs in. */
  async #startAws(): Promise<void> {
    const { aws, basePort } = this.#settings;
    if (aws === undefined) return;
    writeTokenReviewFile(this.#paths, basePort);
    const { emulator, front } = awsComponents(aws, basePort, this.#paths);
    await Promise.all([this.#keep(emulator), this.#keep(front)]);
  }

  async #startApiServer(etcd: Component, apiServer: Component): Promise<void> {
    await this.#keep(etcd);
    await this.#keep(apiServer);
    writeKubeconfigs(this.#paths, sandboxPorts(this.#settings.basePort));
  }

  async #stopComponents(): Promise<void> {
    this.#isEnding = true;
    await this.#nodes.stop();
    const isOneOf = (names: readonly string[]) => (keeper: Keeper) => names.includes(keeper.component.name);
    const last = this.#keepers.filter(isOneOf(["kube-apiserver", "etcd"]));
    const others = this.#keepers.filter((keeper) => !last.includes(keeper));
    await Promise.all(others.map((keeper) => keeper.stop(GRACE_MS)));
    // The store comes first in the list.
    for (const keeper of last.reverse()) await keeper.stop(GRACE_MS);
    await this.#nodes.cleanUp();
  }

  async #keep(component: Component): Promise<Kept> {
    const { folder, logs } = this.#paths;
    if (this.#isEnding) throw new Error("the sandbox is being stopped");
    const keeper = new Keeper(component, { folder, logs, onChange: () => this.#write() });
    this.#keepers.push(keeper);
    await keeper.start();
    return { pid: () => (keeper.state.state === "running" ? keeper.state.process?.pid : undefined) };
  }

  #enter(phase: Pick<SandboxState, "phase" | "failure">): void {
    this.#phase = phase;
    this.#write();
  }

  /** A disk that is full, or a folder that is gone, must not end the supervisor: `status` shows what it last knew. */
  #write(): void {
    const components = this.#keepers.map((keeper) => keeper.state);
    const { reason } = this.#settings.nodes;
    const nodes = { ...this.#nodes.describe(), reason, ready: this.#readyNodes };
    try {
      writeState(this.#paths, { supervisor: this.#identity, ...this.#phase, nodes, components, steps: this.#steps });
      this.#isWritten = true;
    } catch (error) {
      this.#isWritten = false;
      this.#log(`cannot write the state: ${(error as Error).message}`);
    }
  }

  #log(line: string): void {
    console.error(`${new Date().toISOString()} ${line}`);
  }
}
