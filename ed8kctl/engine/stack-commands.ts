import { CliFailure, type CliResult, type PulumiCli } from "./cli.js";
import { explainFailure, isExistingStack, isLocked, isMissingStack } from "./failures.js";
import { areLockFiles, DRIVER, driverMark, lockObjectError, removeLockFiles, requireAbandoned } from "./lock.js";
import { readStackList } from "./lists.js";
import { type StackConfig, type StackSummary, UNUSED } from "./stacks.js";
import { removeTornAttributes } from "./torn-attributes.js";
import type { WorkFolder } from "./workspace.js";

/** The stack that a command is about, and the folder that it runs in. */
export interface Place {
  readonly name: string;
  readonly folder: WorkFolder;
  /** Beside the variables of this process. */
  readonly env?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

/** Commands of `pulumi` that run no program, with what killed runs have left in their way moved aside. */
export class StackCommands {
  constructor(private readonly cli: PulumiCli) {}

  /** Makes an empty stack, whose secrets a cloud's key encrypts where one is named; false when there is one of that name already. */
  async init(place: Place, provider?: string): Promise<boolean> {
    const encrypted = provider === undefined ? [] : [`--secrets-provider=${provider}`];
    try {
      await this.#freed(place, () => this.#run(["stack", "init", place.name, "--no-select", ...encrypted], place));
      return true;
    } catch (error) {
      if (error instanceof CliFailure && isExistingStack(error)) return false;
      throw explained(place.name, error);
    }
  }

  /** As `Stacks.list`. */
  async list(place: Omit<Place, "name">): Promise<readonly StackSummary[]> {
    try {
      return readStackList((await this.#run(["stack", "ls", "--json"], { name: "", ...place })).stdout);
    } catch (error) {
      throw explained("the list of stacks", error);
    }
  }

  /** What the engine prints of a stack; `undefined` when there is no such stack. */
  async ask(args: readonly string[], place: Place): Promise<string | undefined> {
    try {
      return (await this.#run([...args, "--stack", place.name], place)).stdout;
    } catch (error) {
      if (error instanceof CliFailure && isMissingStack(error)) return undefined;
      throw explained(place.name, error);
    }
  }

  /** As `Stacks.config`. */
  async config(place: Place): Promise<StackConfig | undefined> {
    try {
      await this.#run(["config", "refresh", "--force", "--stack", place.name], place);
      return place.folder.readConfig();
    } catch (error) {
      if (!(error instanceof CliFailure)) throw error;
      if (/no previous deployment/i.test(error.result.stderr)) return UNUSED;
      if (isMissingStack(error)) return undefined;
      throw explained(place.name, error);
    }
  }

  /** As `Stacks.unprotect`. */
  async unprotect(place: Place): Promise<void> {
    try {
      await this.#freed(place, () => this.#run(["state", "unprotect", "--all", "--yes", "--stack", place.name], place));
    } catch (error) {
      throw explained(place.name, error);
    }
  }

  /** Forgets a stack; does nothing when there is none. */
  async remove(place: Place): Promise<void> {
    try {
      // Forced: operations that a killed run had begun may still be noted; what they made is looked for elsewhere.
      await this.#freed(place, () => this.#run(["stack", "rm", "--yes", "--force", "--stack", place.name], place));
    } catch (error) {
      if (error instanceof CliFailure && isMissingStack(error)) return;
      throw explained(place.name, error);
    }
  }

  /** What a killed run had begun is either there, and is adopted by the next update, or it is not. */
  async clearPending(place: Place): Promise<void> {
    await this.#run(["refresh", "--yes", "--skip-preview", "--clear-pending-creates", "--stack", place.name], place);
  }

  /**
   * Takes away the locks that the engine told of in its refusal.
   * @throws UserError (busy) when one of them is really held
   */
  async free({ name, ...place }: Place, refusal: string): Promise<void> {
    await requireAbandoned(name, refusal);
    // Exactly those that were judged: `cancel` would also remove the lock of a run that has begun since.
    if (areLockFiles(refusal)) return removeLockFiles(refusal);
    const cancelled = await this.ask(["cancel", "--yes"], { name, ...place });
    // Where `stack init` itself was killed there is no stack yet, and then the engine cannot cancel.
    if (cancelled === undefined) throw lockObjectError(name, refusal);
  }

  /** Runs a command that needs the lock, once more when a killed run had left it locked. */
  async #freed(place: Place, command: () => Promise<CliResult>): Promise<void> {
    try {
      await command();
    } catch (error) {
      if (!(error instanceof CliFailure) || !isLocked(error)) throw error;
      await this.free(place, error.result.stderr);
      await command();
    }
  }

  async #run(args: readonly string[], { name, folder, env = {}, signal }: Place): Promise<CliResult> {
    const call = (): Promise<CliResult> =>
      this.cli.call(args, { folder: folder.path, env: { [DRIVER]: driverMark(), ...env }, signal });
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof CliFailure) || !removeTornAttributes(name, error)) throw error;
      return call();
    }
  }
}

function explained(name: string, error: unknown): unknown {
  return error instanceof CliFailure ? explainFailure(name, error, { errors: [] }) : error;
}
