import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { UserError } from "../../errors.js";
import type { ComponentState } from "../records/state.js";
import type { Component } from "./component.js";
import { exitReason } from "./exit-reason.js";
import { isHealthy } from "./health.js";
import { openLog } from "./log.js";
import { childOf, endProcesses, identifyProcess, PART_OF } from "../machine/processes.js";

/** How often and how patiently a component is looked at and started again; all in milliseconds. */
export interface Patience {
  /** Between looks at one that is not healthy yet. */
  readonly startingMs: number;
  /** Between looks at one that is. */
  readonly runningMs: number;
  /** A component that has not answered for so long is killed. */
  readonly hungMs: number;
  /** Until the first start counts as failed. */
  readonly firstStartMs: number;
  /** Before the first restart; doubled each time, up to `longestRestMs`, until it ran well for that long. */
  readonly restMs: number;
  readonly longestRestMs: number;
}

export const PATIENCE: Patience = {
  startingMs: 40,
  runningMs: 5000,
  hungMs: 30_000,
  firstStartMs: 90_000,
  restMs: 250,
  longestRestMs: 30_000,
};

/** As many ends before it was ever healthy, and it is not tried again. */
const FIRST_ATTEMPTS = 3;

export interface KeeperOptions {
  /** The sandbox's folder: where the component runs, and its mark. */
  readonly folder: string;
  readonly logs: string;
  /** Called at every change of `state`. */
  readonly onChange: () => void;
  /** @default PATIENCE */
  readonly patience?: Patience;
}

/** Keeps one component running: starts it, looks at it, and starts it again when it ends or hangs. */
export class Keeper {
  readonly component: Component;
  readonly #options: KeeperOptions;
  readonly #patience: Patience;
  readonly #stop = new AbortController();
  #state: ComponentState;
  #ended: Promise<void> = Promise.resolve();

  constructor(component: Component, options: KeeperOptions) {
    this.component = component;
    this.#options = options;
    this.#patience = options.patience ?? PATIENCE;
    const { name, health } = component;
    this.#state = { name, health, state: "waiting", since: new Date().toISOString(), restarts: 0 };
  }

  get state(): ComponentState {
    return this.#state;
  }

  /**
   * Resolves when the component is healthy for the first time; from then on it is kept so.
   * @throws UserError when it ends three times before, or is not healthy after 90 s
   */
  async start(): Promise<void> {
    await new Promise<void>((healthy, failed) => {
      this.#ended = this.#keep(healthy).catch(failed);
    });
  }

  /** Ends the component for good: asks it to, and kills it when it has not ended after `graceMs`. */
  async stop(graceMs: number): Promise<void> {
    this.#stop.abort();
    const { process } = this.#state;
    if (process !== undefined) await endProcesses([process], graceMs);
    await this.#ended;
    this.#change({ state: "stopped" });
  }

  async #keep(onHealthy: () => void): Promise<void> {
    const deadline = Date.now() + this.#patience.firstStartMs;
    let wasHealthy = false;
    let rest = this.#patience.restMs;
    for (let ends = 1; ; ends += 1) {
      const startedAt = Date.now();
      const reason = await this.#runOnce(wasHealthy ? Number.POSITIVE_INFINITY : deadline, () => {
        wasHealthy = true;
        onHealthy();
      });
      if (this.#stop.signal.aborted) return;
      this.#change({ state: "waiting", process: undefined, lastExit: { at: new Date().toISOString(), reason } });
      if (!wasHealthy && (ends === FIRST_ATTEMPTS || Date.now() > deadline)) throw this.#startError(reason);
      if (Date.now() - startedAt > this.#patience.longestRestMs) rest = this.#patience.restMs;
      await this.#rest(rest);
      if (this.#stop.signal.aborted) return;
      rest = Math.min(rest * 2, this.#patience.longestRestMs);
      this.#change({ restarts: this.#state.restarts + 1 });
    }
  }

  /** Runs the program until it ends, and gives the reason. */
  async #runOnce(deadline: number, onHealthy: () => void): Promise<string> {
    const { component } = this;
    const log = join(this.#options.logs, `${component.name}.log`);
    try {
      await component.prepare?.();
      if (this.#stop.signal.aborted) return "stopped";
      const child = this.#spawn(log);
      const ended = once(child, "exit") as Promise<[number | null, NodeJS.Signals | null]>;
      const hung = await Promise.race([ended.then(() => undefined), this.#watch(child, deadline, onHealthy)]);
      const [code, signal] = await ended;
      return hung ?? exitReason({ code, signal, log });
    } catch (error) {
      return `could not be started: ${(error as Error).message}`;
    }
  }

  #spawn(log: string): ChildProcess {
    const { file, args, env, within } = this.component;
    const [command = file, ...words] = [...(within?.() ?? []), file, ...args];
    const descriptor = openLog(log);
    try {
      const child = spawn(command, words, {
        cwd: this.#options.folder,
        stdio: ["ignore", descriptor, descriptor],
        env: { PATH: process.env["PATH"], HOME: this.#options.folder, [PART_OF]: this.#options.folder, ...env },
      });
      const identity = child.pid === undefined ? undefined : identifyProcess(child.pid);
      this.#change({ state: "starting", process: identity });
      return child;
    } finally {
      closeSync(descriptor);
    }
  }

  /** Looks at the process until it ends; kills it and tells why when it hangs. */
  async #watch(child: ChildProcess, deadline: number, onHealthy: () => void): Promise<string | undefined> {
    const { startingMs, runningMs, hungMs } = this.#patience;
    let lastWell = Date.now();
    while (child.exitCode === null && child.signalCode === null) {
      const isWell = await isHealthy(this.component.health);
      if (isWell && this.#state.state === "starting") {
        this.#change({ state: "running", ...this.#wrapped(child) });
        onHealthy();
      }
      if (isWell) lastWell = Date.now();
      const isRunning = this.#state.state === "running";
      if (isRunning ? Date.now() - lastWell > hungMs : Date.now() > deadline) {
        child.kill("SIGKILL");
        return `killed, because it had not answered for ${Math.round((Date.now() - lastWell) / 1000)} s`;
      }
      await pause(isRunning ? runningMs : startingMs, undefined, { ref: false });
    }
    return undefined;
  }

  /** The program itself where another one has started it. */
  #wrapped({ pid }: ChildProcess): Pick<ComponentState, "process"> {
    const program = this.component.within === undefined || pid === undefined ? undefined : childOf(pid);
    return program === undefined ? {} : { process: program };
  }

  /** Ends early when the component is stopped. */
  async #rest(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: this.#stop.signal }).catch(() => undefined);
  }

  #startError(reason: string): UserError {
    const { name } = this.component;
    return new UserError(`${name} does not start: ${reason}`, {
      hint: `its log is ${join(this.#options.logs, `${name}.log`)}`,
    });
  }

  #change(change: Partial<{ [K in keyof ComponentState]: ComponentState[K] | undefined }>): void {
    const isNewState = change.state !== undefined && change.state !== this.#state.state;
    const since = isNewState ? new Date().toISOString() : this.#state.since;
    const merged = { ...this.#state, ...change, since };
    this.#state = Object.fromEntries(
      Object.entries(merged).filter(([, value]) => value !== undefined),
    ) as unknown as ComponentState;
    this.#options.onChange();
  }
}
