import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { checkoutRoot } from "../../../sandbox/paths.js";
import { run } from "../run.js";

/** The cluster stack `dev` in a project folder of its own: the checkout's program and config, but only the AWS parts. */
export class ClusterStack {
  readonly #project: string;

  constructor(project: string) {
    this.#project = project;
    mkdirSync(project);
    const root = checkoutRoot();
    cpSync(join(root, "Pulumi.yaml"), join(project, "Pulumi.yaml"));
    for (const name of ["index.ts", "package.json", "node_modules", "services"]) {
      symlinkSync(join(root, name), join(project, name));
    }
    const { config } = parse(readFileSync(join(root, "Pulumi.dev.yaml"), "utf8")) as { readonly config: object };
    // What runs in the cluster is not made by AWS' SDK.
    writeFileSync(join(project, "Pulumi.dev.yaml"), stringify({ config: { ...config, "ed8k:platform": false } }));
  }

  async init(): Promise<void> {
    await this.#pulumi("stack", "init", "dev");
  }

  async up(): Promise<void> {
    await this.#pulumi("up", "--stack", "dev", "--yes", "--skip-preview");
  }

  /** The state, as JSON text. */
  async export(): Promise<string> {
    return this.#pulumi("stack", "export", "--stack", "dev");
  }

  async destroy(): Promise<void> {
    await this.#pulumi("state", "unprotect", "--all", "--stack", "dev", "--yes");
    await this.#pulumi("destroy", "--stack", "dev", "--yes", "--skip-preview");
  }

  async #pulumi(...words: readonly string[]): Promise<string> {
    return (await run("pulumi", ["--cwd", this.#project, "--non-interactive", ...words])).stdout;
  }
}
