import type { EngineEvent, PulumiFn, Stack } from "@pulumi/pulumi/automation/index.js";
import { UserError } from "../../errors.js";
import { backendUrl } from "./backend.js";
import { CliFailure, PulumiCli } from "./cli.js";
import { eventHandler, type RunRecord } from "./events.js";
import { explainFailure, isExistingStack, isLocked, isMissingStack } from "./failures.js";
import { DRIVER, driverMark, removeLockFiles, requireAbandoned } from "./lock.js";
import { saltIn } from "./salt.js";
import type { ChangeSummary, RunOptions, StackConfig, Stacks, UpOptions } from "./stacks.js";
import { removeAbandonedFolders, WorkFolder } from "./workspace.js";

/** Most of the time goes into waiting for the API server, so more at once than the engine's four per core. */
const PARALLEL = 32;

/** The stacks of the backend that the environment names. */
export function openStacks(): Stacks {
  removeAbandonedFolders();
  return new AutomationStacks(backendUrl());
}

/** Takes a third of a second, so it is loaded when it is needed, or while something else is waited for. */
function loadApi() {
  return import("@pulumi/pulumi/automation/index.js");
}

/** What is done with a stack, once it is open. */
type Work<T> = (stack: Stack, onEvent: (event: EngineEvent) => void) => Promise<T>;

class AutomationStacks implements Stacks {
  readonly #cli = new PulumiCli();
  /** Stacks of which it is known whether they are there; asking costs half a second. */
  readonly #known = new Map<string, boolean>();

  constructor(readonly backend: string) {}

  async prepare(): Promise<void> {
    await loadApi();
  }

  async create(name: string, salt?: string): Promise<boolean> {
    return this.#inFolder(name, (folder) => {
      if (salt !== undefined) folder.writeSalt(salt);
      return this.#create(name, folder);
    });
  }

  async salt(name: string): Promise<string | undefined> {
    const state = await this.#ask(name, ["stack", "export"]);
    return state === undefined ? undefined : saltIn(JSON.parse(state));
  }

  async checkPassphrase(name: string, salt: string): Promise<void> {
    await this.#inFolder(name, async (folder) => {
      folder.writeSalt(salt);
      // Changes nothing but the folder's file, and that only with the right passphrase.
      await this.#ask(name, ["config", "set", "--secret", "probe", "probe"], folder);
    });
  }

  async config(name: string): Promise<StackConfig | undefined> {
    return this.#inFolder(name, async (folder) => {
      try {
        await this.#run(["config", "refresh", "--force", "--stack", name], folder);
      } catch (error) {
        if (!(error instanceof CliFailure)) throw error;
        if (/no previous deployment/i.test(error.result.stderr)) return this.#noteExists(name, {});
        if (!isMissingStack(error)) throw explainFailure(name, error, []);
        this.#known.set(name, false);
        return undefined;
      }
      return this.#noteExists(name, folder.readConfig());
    });
  }

  async outputs(name: string): Promise<Readonly<Record<string, unknown>> | undefined> {
    // Not through the Automation API, which asks twice and shows secrets.
    const text = await this.#ask(name, ["-C", ".", "stack", "output", "--json"]);
    return text === undefined ? undefined : (JSON.parse(text) as Record<string, unknown>);
  }

  async up(name: string, options: UpOptions): Promise<ChangeSummary> {
    return this.#inFolder(name, async (folder) => {
      folder.writeConfig(options.config);
      if (this.#known.get(name) === false) await this.#create(name, folder);
      return this.#change({ name, folder, options, verb: "up" }, async (stack, onEvent) => {
        await stack.up({ onEvent, ...common(options), suppressOutputs: true });
      });
    });
  }

  async preview(name: string, options: UpOptions): Promise<ChangeSummary> {
    return this.#inFolder(name, async (folder) => {
      folder.writeConfig(options.config);
      const exists = this.#known.get(name) ?? (await this.config(name)) !== undefined;
      // A stack that is not there is previewed in a backend of its own, which goes with the folder.
      const backend = exists ? {} : { PULUMI_BACKEND_URL: `file://${folder.path}` };
      if (!exists) await this.#run(["stack", "init", name, "--no-select"], folder, backend);
      const record = newRecord();
      const stack = await this.#open({ name, folder, program: options.program, env: backend });
      try {
        const { changeSummary } = await stack.preview({ onEvent: eventHandler(record, options), ...common(options) });
        return changeSummary ?? {};
      } catch (error) {
        throw this.#explain(name, error, { record, options });
      }
    });
  }

  async destroy(name: string, options: RunOptions): Promise<ChangeSummary> {
    return this.#inFolder(name, (folder) =>
      this.#change({ name, folder, options, verb: "destroy" }, async (stack, onEvent) => {
        await stack.destroy({ onEvent, ...common(options) });
      }),
    );
  }

  async remove(name: string): Promise<void> {
    await this.#inFolder(name, async (folder) => {
      try {
        // Forced: operations that a killed run had begun may still be noted; what they made is looked for elsewhere.
        await this.#run(["stack", "rm", "--yes", "--force", "--stack", name], folder);
      } catch (error) {
        if (!(error instanceof CliFailure)) throw error;
        if (!isMissingStack(error)) throw explainFailure(name, error, []);
      }
      this.#known.set(name, false);
    });
  }

  /** What the engine prints of a stack; `undefined` when there is no such stack. */
  async #ask(name: string, args: readonly string[], folder?: WorkFolder): Promise<string | undefined> {
    if (folder === undefined) return this.#inFolder(name, (own) => this.#ask(name, args, own));
    try {
      return (await this.#run([...args, "--stack", name], folder)).stdout;
    } catch (error) {
      if (!(error instanceof CliFailure)) throw error;
      if (isMissingStack(error)) return undefined;
      throw explainFailure(name, error, []);
    }
  }

  async #create(name: string, folder: WorkFolder): Promise<boolean> {
    try {
      await this.#run(["stack", "init", name, "--no-select"], folder);
      return true;
    } catch (error) {
      if (!(error instanceof CliFailure)) throw error;
      if (isLocked(error)) {
        const { stderr } = error.result;
        await requireAbandoned(name, stderr);
        removeLockFiles(name, stderr);
        return this.#create(name, folder);
      }
      if (!isExistingStack(error)) throw explainFailure(name, error, []);
      return false;
    } finally {
      this.#known.set(name, true);
    }
  }

  /** One update, after whatever a killed one has left is out of its way. */
  async #change({ name, folder, options, verb }: Change, work: Work<void>): Promise<ChangeSummary> {
    const record = newRecord();
    const onEvent = eventHandler(record, options);
    const program = "program" in options ? options.program : undefined;
    const stack = await this.#open({ name, folder, program });
    const attempt = (): Promise<void> => work(stack, onEvent);
    try {
      await attempt().catch(async (error: unknown) => {
        if (!(error instanceof CliFailure)) throw error;
        if (isMissingStack(error) && verb === "up") await this.#create(name, folder);
        else if (isLocked(error)) await this.#takeOver({ name, folder, options }, error.result.stderr);
        else throw error;
        Object.assign(record, newRecord());
        await attempt();
      });
      if (record.hasPending && verb === "up") await this.#clearPending(name, folder);
    } catch (error) {
      throw this.#explain(name, error, { record, options });
    }
    this.#known.set(name, true);
    return record.changes;
  }

  /** Frees a stack whose last update was killed. */
  async #takeOver({ name, folder, options }: Omit<Change, "verb">, refusal: string): Promise<void> {
    await requireAbandoned(name, refusal);
    options.onDiagnostic?.("info", "an earlier run was killed; finishing what it began");
    await this.#run(["cancel", "--yes", "--stack", name], folder);
    await this.#clearPending(name, folder);
  }

  /** What a killed run had begun is either there, and is adopted by the next update, or it is not. */
  async #clearPending(name: string, folder: WorkFolder): Promise<void> {
    await this.#run(["refresh", "--yes", "--skip-preview", "--clear-pending-creates", "--stack", name], folder);
  }

  async #open({ name, folder, program, env = {} }: Open): Promise<Stack> {
    const { LocalWorkspace, Stack } = await loadApi();
    const workspace = await LocalWorkspace.create({
      workDir: folder.path,
      pulumiCommand: this.#cli,
      envVars: { [DRIVER]: driverMark(), ...env },
      ...(program === undefined ? {} : { program: program as PulumiFn }),
    });
    return Stack.select(name, workspace);
  }

  #run(args: readonly string[], folder: WorkFolder, env: Readonly<Record<string, string>> = {}) {
    return this.#cli.run(args, folder.path, { [DRIVER]: driverMark(), ...env });
  }

  async #inFolder<T>(name: string, work: (folder: WorkFolder) => Promise<T>): Promise<T> {
    const folder = new WorkFolder(name);
    try {
      return await work(folder);
    } finally {
      folder.remove();
    }
  }

  #noteExists(name: string, config: StackConfig): StackConfig {
    this.#known.set(name, true);
    return config;
  }

  #explain(name: string, error: unknown, { record, options }: { record: RunRecord; options: RunOptions }): unknown {
    if (options.signal?.aborted === true) return interrupted(name);
    if (!(error instanceof CliFailure)) return error;
    if (isMissingStack(error)) {
      return new UserError(`there is no environment ${name}`, { exit: "notFound", hint: "ed8kctl list --all" });
    }
    return explainFailure(name, error, record.errors);
  }
}

interface Open {
  readonly name: string;
  readonly folder: WorkFolder;
  readonly program: UpOptions["program"] | undefined;
  readonly env?: Readonly<Record<string, string>>;
}

interface Change {
  readonly name: string;
  readonly folder: WorkFolder;
  readonly options: UpOptions | RunOptions;
  readonly verb: "up" | "destroy";
}

function newRecord(): RunRecord {
  return { changes: {}, errors: [], hasPending: false };
}

function common({ signal }: RunOptions) {
  return { parallel: PARALLEL, ...(signal === undefined ? {} : { signal }) };
}

function interrupted(name: string): UserError {
  return new UserError(`interrupted: what was begun for ${name} is recorded, the rest is not done`, {
    hint: `the same command again finishes it; ed8kctl destroy ${name} removes it`,
    exit: "interrupted",
  });
}
