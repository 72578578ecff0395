import { execFile } from "node:child_process";
import { cpSync, mkdirSync, symlinkSync, writeFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { parse, stringify } from "yaml";
import { awsFiles, readRootKey, type RootKey } from "../../../sandbox/aws/root-key.js";
import { checkoutRoot, sandboxFolder, sandboxPaths } from "../../../sandbox/paths.js";
import { sandboxPorts } from "../../../sandbox/ports.js";
import { sandboxEnvironment } from "../../../sandbox/shell.js";
import { OwnCluster, type Ran } from "../environments/own-cluster.js";
import { BASE_PORT } from "../sandbox/own-sandbox.js";

/** What the engine tells of one resource in `pulumi preview --json`. */
export interface PlannedStep {
  readonly op: string;
  readonly urn: string;
}

type Settings = Readonly<Record<string, unknown>>;

/** Gives AWS' SDK the key of the account's root in the sandbox that this process works on. */
export const CREDENTIALS = (): Promise<RootKey> =>
  Promise.resolve(readRootKey(awsFiles(sandboxPaths(sandboxFolder())).credentials));

/**
 * A sandbox with the AWS emulator and a copy of the project in which `pulumi` works on the stack `dev`, so that the
 * stack's config can be changed without touching the checkout's.
 */
export class AwsSandbox extends OwnCluster {
  protected override nodes: readonly string[] = ["--nodes", "simulated", "--aws"];
  #project = "";

  override async start(): Promise<void> {
    await super.start();
    this.#project = join(this.sandbox.scratch, "project");
    mkdirSync(this.#project);
    const root = checkoutRoot();
    for (const file of ["Pulumi.yaml", "Pulumi.dev.yaml"]) cpSync(join(root, file), join(this.#project, file));
    for (const file of ["index.ts", "package.json", "node_modules", "services"])
      symlinkSync(join(root, file), join(this.#project, file));
  }

  /** Where the emulator's front answers. */
  get front(): string {
    return `http://127.0.0.1:${sandboxPorts(BASE_PORT).aws}`;
  }

  /** Lays settings over those of the stack's file, one level deep in each key; `undefined` takes one away. */
  configure(changes: Readonly<Record<string, unknown>>): void {
    const content = parse(readFileSync(this.#file, "utf8")) as { config: Record<string, unknown> };
    for (const [key, value] of Object.entries(changes)) {
      const before = content.config[`ed8k:${key}`];
      const isObject = (one: unknown): one is Settings =>
        typeof one === "object" && one !== null && !Array.isArray(one);
      content.config[`ed8k:${key}`] = isObject(before) && isObject(value) ? { ...before, ...value } : value;
    }
    writeFileSync(this.#file, stringify(content));
  }

  get #file(): string {
    return join(this.#project, "Pulumi.dev.yaml");
  }

  /** Does something with other settings, and puts the file back. */
  async withConfig(changes: Readonly<Record<string, unknown>>, work: () => Promise<void>): Promise<void> {
    const before = readFileSync(this.#file, "utf8");
    this.configure(changes);
    try {
      await work();
    } finally {
      writeFileSync(this.#file, before);
    }
  }

  /** kubectl in the context that `ed8kctl cluster kubeconfig` has written, as whoever the variables make it. */
  async kubectlAs(variables: Readonly<Record<string, string>>, ...words: readonly string[]): Promise<string> {
    const env = { ...process.env, ...sandboxEnvironment(), ...variables };
    const { stdout } = await promisify(execFile)("kubectl", ["--context", "ed8k-dev", ...words], { env });
    return stdout;
  }

  /** Runs `pulumi` on the stack `dev` in the sandbox's shell and tells how it ended. */
  async pulumi(...words: readonly string[]): Promise<Ran> {
    const env = { ...process.env, ...sandboxEnvironment() };
    const stack = words[0] === "stack" ? [] : ["--stack", "dev"];
    const args = [...words, ...stack, "--non-interactive", "--color=never"];
    return new Promise((done) => {
      execFile("pulumi", args, { env, cwd: this.#project, maxBuffer: 256 * 1024 ** 2 }, (error, stdout, stderr) =>
        done({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
      );
    });
  }

  /** Runs `pulumi`, which must succeed. */
  async mustPulumi(...words: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await this.pulumi(...words);
    if (code !== 0) throw new Error(`pulumi ${words.join(" ")} ended with ${code}:\n${stdout}\n${stderr}`);
    return stdout;
  }

  /** What an update would do, as `<op> <type> <name>`; what stays the same is left out. */
  async preview(): Promise<readonly string[]> {
    const { stdout, stderr, code } = await this.pulumi("preview", "--json");
    if (code !== 0) throw new Error(`pulumi preview ended with ${code}:\n${stdout}\n${stderr}`);
    const { steps = [] } = JSON.parse(stdout) as { readonly steps?: readonly PlannedStep[] };
    return steps
      .filter(({ op }) => op !== "same" && op !== "read")
      .map(stepText)
      .sort();
  }

  /** Which operations of AWS are called while something is done, and how often, such as `ec2:CreateVpc` → 1. */
  async callsOf(work: () => Promise<void>): Promise<Readonly<Record<string, number>>> {
    await fetch(`${this.front}/_ed8k/calls`, { method: "DELETE" });
    await work();
    const answer = await fetch(`${this.front}/_ed8k/calls`);
    return (await answer.json()) as Readonly<Record<string, number>>;
  }

  async throttle(share: number): Promise<void> {
    const body = JSON.stringify({ throttle: share });
    const { ok } = await fetch(`${this.front}/_ed8k/faults`, { method: "POST", body });
    if (!ok) throw new Error("the front takes no faults");
  }
}

/** `create aws:ec2/vpc:Vpc ed8k-dev` of a step. */
function stepText({ op, urn }: PlannedStep): string {
  const [, , types = "", name = ""] = urn.split("::");
  return `${op} ${types.split("$").at(-1)} ${name}`;
}
