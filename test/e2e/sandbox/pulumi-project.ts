import { type ChildProcess, spawn } from "node:child_process";
import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkoutRoot } from "../../../sandbox/paths.js";
import { sandboxEnvironment } from "../../../sandbox/shell.js";
import type { OwnSandbox } from "./own-sandbox.js";

const FLAGS = ["--non-interactive", "--color=never"] as const;

/** What a command of the engine did. */
export interface Outcome {
  readonly code: number;
  /** stdout and stderr. */
  readonly said: string;
}

/** A plain Pulumi project in the sandbox's scratch folder, run with what the sandbox's shell has. */
export class PulumiProject {
  readonly #sandbox: OwnSandbox;

  constructor(sandbox: OwnSandbox) {
    this.#sandbox = sandbox;
    symlinkSync(join(checkoutRoot(), "node_modules"), join(sandbox.scratch, "node_modules"));
    this.#write("package.json", JSON.stringify({ name: "tiny", type: "module", main: "index.js" }));
    this.#write("Pulumi.yaml", "name: tiny\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n");
  }

  /** What the program registers; `k8s` and `RandomPassword` are imported. */
  program(code: string): void {
    this.#write(
      "index.js",
      `import * as k8s from "@pulumi/kubernetes";\nimport { RandomPassword } from "@pulumi/random";\n${code}\n`,
    );
  }

  /** Runs a command that must succeed; gives what it printed on stdout. */
  pulumi(...args: readonly string[]): Promise<string> {
    return this.#sandbox.run("pulumi", ...args, ...FLAGS);
  }

  up(): Promise<string> {
    return this.pulumi("up", "--yes", "--skip-preview");
  }

  /** Runs a command that may fail. */
  async attempt(...args: readonly string[]): Promise<Outcome> {
    return this.start(...args).outcome;
  }

  /** Starts a command that is to be interrupted. */
  start(...args: readonly string[]): { readonly process: ChildProcess; readonly outcome: Promise<Outcome> } {
    const env = { ...process.env, ...sandboxEnvironment() };
    const child = spawn("pulumi", [...args, ...FLAGS], { env, cwd: this.#sandbox.scratch });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (said += chunk.toString()));
    const outcome = new Promise<Outcome>((done, fail) => {
      child.once("error", fail);
      child.once("close", (code) => done({ code: code ?? -1, said }));
    });
    return { process: child, outcome };
  }

  #write(name: string, content: string): void {
    writeFileSync(join(this.#sandbox.scratch, name), content);
  }
}
