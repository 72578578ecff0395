import { spawn } from "node:child_process";
import { StringDecoder } from "node:string_decoder";
import { SemVer } from "semver";
import { UserError } from "../../errors.js";
import { VERSIONS } from "../../versions.js";
import { recordEngine } from "./engine-records.js";

/** What a finished command said. */
export interface CliResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

/** A command that ended with another code than 0. */
export class CliFailure extends Error {
  constructor(
    readonly command: string,
    readonly result: CliResult,
  ) {
    super(`pulumi ${command} ended with code ${result.code}: ${result.stderr.trim()}`);
    this.name = "CliFailure";
  }
}

type Listener = (text: string) => void;

/**
 * The `pulumi` on PATH, as the Automation API wants it (`PulumiCommand`), with three differences: it does not ask for
 * the version at each start; it does not run `stack select`, which would change what the user has selected and says
 * nothing that `--stack` in each command does not; and it does not fetch outputs and history after each update, which
 * nobody reads here and which take longer than an update without changes. (docs/decisions/engine-calls.md)
 */
export class PulumiCli {
  readonly command = "pulumi";
  /** Decides how the Automation API is told of events; an older engine is told by `ed8kctl doctor`. */
  readonly version = new SemVer(VERSIONS.pulumi);

  // The Automation API's own order of arguments.
  // eslint-disable-next-line max-params
  async run(
    args: readonly string[],
    folder: string,
    env: Readonly<Record<string, string>>,
    onOutput?: Listener,
    onError?: Listener,
    signal?: AbortSignal,
  ): Promise<CliResult> {
    const skipped = SKIPPED.find(({ words }) => words.every((word, index) => args[index] === word));
    if (skipped !== undefined) return { stdout: skipped.answer, stderr: "", code: 0 };
    return this.call(args, { folder, env, onOutput, onError, signal });
  }

  /**
   * Runs any command, those that the Automation API need not run too.
   * @throws CliFailure when it ends with another code than 0; UserError when there is no `pulumi`
   */
  async call(args: readonly string[], execution: Execution): Promise<CliResult> {
    execution.signal?.throwIfAborted();
    const result = await execute(args, execution);
    if (result.code !== 0) throw new CliFailure(args.slice(0, 2).join(" "), result);
    return result;
  }
}

const SKIPPED = [
  { words: ["stack", "select"], answer: "" },
  { words: ["stack", "output"], answer: "{}" },
  { words: ["stack", "history"], answer: "[]" },
] as const;

/** Where and how a command runs. */
export interface Execution {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly onOutput?: Listener | undefined;
  readonly onError?: Listener | undefined;
  readonly signal?: AbortSignal | undefined;
}

const ALWAYS = {
  PULUMI_AUTOMATION_API: "true",
  PULUMI_SKIP_UPDATE_CHECK: "true",
  // Folders of a run's own do not say what encrypts a stack; its state does. Without it, a stack whose secrets a KMS key
  // encrypts would be encrypted anew with a passphrase.
  PULUMI_FALLBACK_TO_STATE_SECRETS_MANAGER: "true",
};

function execute(args: readonly string[], { folder, env, signal, ...listeners }: Execution): Promise<CliResult> {
  return new Promise((done, fail) => {
    const child = spawn("pulumi", [...args, "--non-interactive", "--color=never"], {
      cwd: folder,
      env: { ...process.env, ...env, ...ALWAYS },
      stdio: ["ignore", "pipe", "pipe"],
      // A terminal's Ctrl-C goes to all processes of a group, and the engine takes a second SIGINT for "at once".
      detached: true,
    });
    // The engine ends what it began, writes its state and gives its lock back; that must not be cut short.
    const interrupt = (): boolean => child.kill("SIGINT");
    const stack = stackIn(args);
    const forget = stack === undefined || child.pid === undefined ? undefined : recordEngine(stack, child.pid);
    signal?.addEventListener("abort", interrupt, { once: true });
    const stdout = collect(child.stdout, listeners.onOutput);
    const stderr = collect(child.stderr, listeners.onError);
    child.once("error", (error) => fail(startError(error)));
    child.once("close", (code, killed) => {
      signal?.removeEventListener("abort", interrupt);
      // One that was killed has left its lock, and the record proves whose it is.
      if (killed === null) forget?.();
      const end = killed === null ? "" : `\nerror: pulumi was ended by ${killed}`;
      done({ stdout: stdout.text, stderr: stderr.text + end, code: code ?? 1 });
    });
  });
}

/** The stack that a command is about, and may lock. */
function stackIn(args: readonly string[]): string | undefined {
  if (args[0] === "stack" && args[1] === "init") return args[2];
  const at = args.indexOf("--stack");
  return at === -1 ? undefined : args[at + 1];
}

function collect(stream: NodeJS.ReadableStream, listener: Listener | undefined): { text: string } {
  const decoder = new StringDecoder("utf8");
  const collected = { text: "" };
  stream.on("data", (chunk: Buffer) => {
    const text = decoder.write(chunk);
    collected.text += text;
    listener?.(text);
  });
  return collected;
}

function startError(error: NodeJS.ErrnoException): Error {
  if (error.code !== "ENOENT") return error;
  return new UserError("there is no pulumi on PATH", {
    hint: 'install it (https://www.pulumi.com/docs/install), or take the sandbox\'s: eval "$(npx ed8kctl sandbox env)"',
    cause: error,
  });
}
