import { type ChildProcess, execFile, spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { clientsOf, partsOf } from "../../../sandbox/machine/processes.js";
import { type NodesSpec, SIMULATED_ONLY } from "../../../sandbox/nodes/choice/spec.js";
import { checkoutRoot, sandboxPaths, type SandboxPaths } from "../../../sandbox/paths.js";
import { readState, type SandboxState } from "../../../sandbox/records/state.js";
import { sandboxEnvironment } from "../../../sandbox/shell.js";
import { startSandbox } from "../../../sandbox/start.js";
import { sandboxStatus } from "../../../sandbox/status.js";
import { stopSandbox } from "../../../sandbox/stop.js";

/** Away from the sandbox of the checkout, and another one for each run, so that two at once do not meet. */
export const BASE_PORT = 20_000 + (process.pid % 1000) * 10;

let made = 0;

/** A sandbox for the tests of sandboxes alone, in a folder and on ports of its own. */
export class OwnSandbox {
  readonly scratch: string;
  readonly paths: SandboxPaths;
  /** `TMPDIR` of everything that runs in it. */
  readonly temporary: string;
  readonly lines: string[] = [];
  #before: NodeJS.ProcessEnv | undefined;

  /** @param entered false: `enter` is called later; files are loaded before any test runs, and share the variables */
  constructor(entered = true) {
    made += 1;
    this.scratch = join(tmpdir(), `ed8k-e2e-${process.pid}-${made}`);
    this.paths = sandboxPaths(join(this.scratch, "a folder", "sandbox"));
    this.temporary = join(this.scratch, "tmp");
    if (entered) this.enter();
  }

  /** From now on this process, and what it starts, works on this sandbox. */
  enter(): void {
    mkdirSync(this.temporary, { recursive: true });
    this.#before = { ...process.env };
    Object.assign(process.env, {
      ED8K_SANDBOX: this.paths.folder,
      ED8K_SANDBOX_PORT: String(BASE_PORT),
      TMPDIR: this.temporary,
    });
  }

  /** @param nodes how many simulated ones, or others; three simulated ones unless it has some already */
  async up(nodes?: number | NodesSpec): Promise<void> {
    const asked = typeof nodes === "number" ? { real: false, simulated: nodes } : nodes;
    const isThere = existsSync(this.paths.settings);
    await startSandbox({
      report: (line) => this.lines.push(line),
      nodes: asked ?? (isThere ? undefined : SIMULATED_ONLY),
    });
  }

  /** `up` in a process of its own, which can be killed. */
  upProcess(nodes = "simulated"): ChildProcess {
    const script = join(import.meta.dirname, "up-process.ts");
    return spawn(process.execPath, ["--import", "tsx", script, nodes], {
      cwd: checkoutRoot(),
      stdio: ["ignore", "ignore", "inherit"],
      env: { ...process.env, TSX_DISABLE_CACHE: "1" },
    });
  }

  async down(): Promise<boolean> {
    return stopSandbox();
  }

  get state(): SandboxState {
    const state = readState(this.paths);
    if (state === undefined) throw new Error("there is no sandbox");
    return state;
  }

  pidOf(component: string): number {
    const found = this.state.components.find(({ name }) => name === component)?.process;
    if (found === undefined) throw new Error(`${component} does not run`);
    return found.pid;
  }

  async fault(): Promise<string | undefined> {
    return (await sandboxStatus())?.fault;
  }

  /** Runs a command in the sandbox's shell and gives what it printed. */
  async run(command: string, ...args: readonly string[]): Promise<string> {
    const env = { ...process.env, ...sandboxEnvironment() };
    return (await promisify(execFile)(command, args, { env, cwd: this.scratch })).stdout;
  }

  /** What is left of it outside the cache: files, processes. */
  leftovers(): readonly string[] {
    const files = readdirSync(this.scratch, { recursive: true }).map(String);
    const processes = [...partsOf(this.paths.folder), ...clientsOf(this.paths.folder)].map(
      ({ pid }) => `process ${pid}`,
    );
    return [...files, ...processes].sort();
  }

  /** For `after`: removes all and puts the environment back. */
  async remove(): Promise<void> {
    if (this.#before !== undefined) await this.down();
    rmSync(this.scratch, { recursive: true, force: true });
    if (this.#before === undefined) return;
    for (const name of ["ED8K_SANDBOX", "ED8K_SANDBOX_PORT", "TMPDIR", "PATH", "ED8K_CACHE"]) {
      const value = this.#before[name];
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  }
}

/** Resolves when it holds; fails after a minute with what was seen last. */
export async function until(holds: () => Promise<boolean> | boolean, seen: () => unknown = () => ""): Promise<void> {
  for (const deadline = Date.now() + 60_000; !(await holds()); await pause(50)) {
    if (Date.now() > deadline) throw new Error(`waited in vain: ${JSON.stringify(seen())}`);
  }
}
