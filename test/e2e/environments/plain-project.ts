import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkoutRoot } from "../../../sandbox/paths.js";
import { sandboxEnvironment } from "../../../sandbox/shell.js";
import type { OwnCluster, Ran } from "./own-cluster.js";

/** The project as `pulumi` itself sees it, in a folder of its own: the stacks' files that `pulumi` writes stay there. */
export class PlainProject {
  readonly #folder: string;

  constructor(cluster: OwnCluster) {
    this.#folder = join(cluster.sandbox.scratch, "project");
    mkdirSync(this.#folder);
    const root = checkoutRoot();
    copyFileSync(join(root, "Pulumi.yaml"), join(this.#folder, "Pulumi.yaml"));
    writeFileSync(join(this.#folder, "Pulumi.dev.yaml"), SANDBOX_STACK);
    for (const file of ["index.ts", "package.json", "node_modules"]) {
      symlinkSync(join(root, file), join(this.#folder, file));
    }
  }

  /** Runs `pulumi` in the sandbox's shell and tells how it ended. */
  async pulumi(...words: readonly string[]): Promise<Ran> {
    return this.pulumiWith({}, ...words);
  }

  /** As `pulumi`, with other variables. */
  async pulumiWith(variables: Readonly<Record<string, string>>, ...words: readonly string[]): Promise<Ran> {
    const env = { ...process.env, ...sandboxEnvironment(), ...variables };
    return new Promise((done) => {
      execFile("pulumi", [...words, "--non-interactive", "--color=never"], { env, cwd: this.#folder }, (...ended) => {
        const [error, stdout, stderr] = ended;
        done({ code: error === null ? 0 : Number(error.code), stdout, stderr });
      });
    });
  }

  /** Names of all stacks, as `pulumi stack ls` tells them. */
  async stacks(): Promise<readonly string[]> {
    const { stdout } = await this.pulumi("stack", "ls", "--json");
    return (JSON.parse(stdout) as readonly { name: string }[]).map(({ name }) => name).sort();
  }
}

/** The stack of the sandbox's own cluster, as `sandbox up` applies it; the checkout's is that of the cluster on AWS. */
const SANDBOX_STACK = `config:
  ed8k:kind: cluster
  ed8k:provider: existing
  ed8k:context: ed8k-sandbox
`;
