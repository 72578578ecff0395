import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";

/** One run of a Node program by the engine. */
export interface ProgramCall {
  readonly monitorAddress: string;
  readonly engineAddress: string;
  readonly organization: string;
  readonly project: string;
  readonly stack: string;
  /** Where the program runs. */
  readonly folder: string;
  /** Where Pulumi.yaml is. */
  readonly rootFolder: string;
  /** A file or folder, relative to `folder`. */
  readonly entryPoint: string;
  readonly dryRun: boolean;
  readonly parallel: number;
  readonly args: readonly string[];
  readonly config: Readonly<Record<string, string>>;
  readonly configSecretKeys: readonly string[];
  /** `nodeargs` of Pulumi.yaml, as one would type them. */
  readonly nodeArgs: string;
  /** False: `@pulumi/pulumi` does not load ts-node. */
  readonly typescript: boolean;
  /** Path of a tsconfig.json for ts-node; empty: the one beside the program. */
  readonly tsconfig: string;
}

/** The Node processes that run programs. */
export class Programs {
  readonly #running = new Set<ChildProcess>();

  /** Runs a program to its end; gives its exit code. Its output is the host's, which the engine shows. */
  run(call: ProgramCall): Promise<number> {
    const { command, args, env } = programCommand(call);
    return new Promise((done, fail) => {
      const child = spawn(command, args, { cwd: call.folder, env: { ...process.env, ...env }, stdio: "inherit" });
      this.#running.add(child);
      child.once("error", fail);
      child.once("exit", (code) => {
        this.#running.delete(child);
        done(code ?? 1);
      });
    });
  }

  /** Ends all programs that run. */
  stop(): void {
    for (const child of this.#running) child.kill("SIGTERM");
  }
}

/** The command that runs a program; config travels in the environment, where other users cannot see it. */
export function programCommand(call: ProgramCall): { command: string; args: string[]; env: Record<string, string> } {
  const runner = createRequire(join(call.folder, "Pulumi.yaml")).resolve("@pulumi/pulumi/cmd/run");
  const flags = {
    monitor: call.monitorAddress,
    engine: call.engineAddress,
    organization: call.organization,
    project: call.project,
    stack: call.stack,
    pwd: call.folder,
    "root-directory": call.rootFolder,
    parallel: String(call.parallel),
  };
  const args = [
    ...splitWords(call.nodeArgs),
    runner,
    ...Object.entries(flags).flatMap(([name, value]) => (value === "" ? [] : [`--${name}`, value])),
    ...(call.dryRun ? ["--dry-run"] : []),
    call.entryPoint === "" ? "." : call.entryPoint,
    ...call.args,
  ];
  const env = {
    PULUMI_CONFIG: JSON.stringify(call.config),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(call.configSecretKeys),
    PULUMI_NODEJS_TYPESCRIPT: String(call.typescript),
    ...(call.tsconfig === "" ? {} : { PULUMI_NODEJS_TSCONFIG_PATH: call.tsconfig }),
  };
  return { command: process.execPath, args, env };
}

/** Splits at blanks; single and double quotes keep words together. */
export function splitWords(text: string): string[] {
  const words = text.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? [];
  return words.map((word) => word.replace(/"([^"]*)"|'([^']*)'/g, "$1$2"));
}
