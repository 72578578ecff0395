import { pathToFileURL } from "node:url";
import type { EngineEvent, PulumiFn, Stack } from "@pulumi/pulumi/automation/index.js";
import { UserError } from "../../errors.js";
import { backendUrl } from "./backend.js";
import { CliFailure, PulumiCli } from "./cli.js";
import { eventHandler, type RunRecord } from "./events.js";
import { COMMANDS, explainFailure, isLocked, isMissingStack } from "./failures.js";
import { readLastUpdate } from "./lists.js";
import { DRIVER, driverMark } from "./lock.js";
import { saltIn } from "./salt.js";
import { type Place, StackCommands } from "./stack-commands.js";
import { readRecord } from "./state.js";
import type {
  ChangeOptions,
  ChangeSummary,
  RunOptions,
  StackConfig,
  StackKind,
  StackRecord,
  StackSecrets,
  StackSummary,
  Stacks,
  UpdateRecord,
  UpOptions,
} from "./stacks.js";
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
  readonly #commands = new StackCommands(this.#cli);
  /** Stacks of which it is known whether they are there; asking costs half a second. */
  readonly #known = new Map<string, boolean>();

  constructor(readonly backend: string) {}

  async prepare(): Promise<void> {
    await loadApi();
  }

  async create(name: string, { salt, provider }: StackSecrets = {}): Promise<boolean> {
    return inFolder(name, (folder) => {
      if (salt !== undefined) folder.writeSalt(salt);
      return this.#create({ name, folder }, provider);
    });
  }

  async list(): Promise<readonly StackSummary[]> {
    return inFolder("none", (folder) => this.#commands.list({ folder }));
  }

  async salt(name: string): Promise<string | undefined> {
    const state = await inFolder(name, (folder) => this.#commands.ask(["stack", "export"], { name, folder }));
    return state === undefined ? undefined : saltIn(JSON.parse(state));
  }

  async checkPassphrase(name: string, salt: string): Promise<void> {
    await inFolder(name, async (folder) => {
      folder.writeSalt(salt);
      // Changes nothing but the folder's file, and that only with the right passphrase.
      await this.#commands.ask(["config", "set", "--secret", "probe", "probe"], { name, folder });
    });
  }

  async config(name: string): Promise<StackConfig | undefined> {
    const config = await inFolder(name, (folder) => this.#commands.config({ name, folder }));
    this.#known.set(name, config !== undefined);
    return config;
  }

  async record(name: string): Promise<StackRecord | undefined> {
    const text = await inFolder(name, (folder) => this.#commands.ask(["stack", "export"], { name, folder }));
    return text === undefined ? undefined : readRecord(text);
  }

  async lastUpdate(name: string): Promise<UpdateRecord | undefined> {
    const args = ["stack", "history", "--json", "--full-dates", "--page-size", "1"];
    const text = await inFolder(name, (folder) => this.#commands.ask(args, { name, folder }));
    return text === undefined ? undefined : readLastUpdate(text);
  }

  async outputs(name: string): Promise<Readonly<Record<string, unknown>> | undefined> {
    // Not through the Automation API, which asks twice and shows secrets.
    const args = ["stack", "output", "--json"];
    const text = await inFolder(name, (folder) => this.#commands.ask(args, { name, folder }));
    return text === undefined ? undefined : (JSON.parse(text) as Record<string, unknown>);
  }

  async up(name: string, options: UpOptions): Promise<ChangeSummary> {
    return inFolder(name, async (folder) => {
      folder.writeConfig(options.config);
      if (this.#known.get(name) === false) await this.#create({ name, folder });
      return this.#change({ name, folder, options, verb: "up" }, async (stack, onEvent) => {
        await stack.up({ onEvent, ...common(options), refresh: options.refresh === true, suppressOutputs: true });
      });
    });
  }

  async preview(name: string, options: UpOptions): Promise<ChangeSummary> {
    return inFolder(name, async (folder) => {
      folder.writeConfig(options.config);
      const exists = this.#known.get(name) ?? (await this.config(name)) !== undefined;
      // A stack that is not there is previewed in a backend of its own, which goes with the folder.
      const env = exists
        ? {}
        : { PULUMI_BACKEND_URL: pathToFileURL(folder.path).href, PULUMI_CONFIG_PASSPHRASE: "none" };
      if (!exists) await this.#commands.init({ name, folder, env });
      const record = newRecord();
      const stack = await this.#open({ name, folder, program: options.program, env });
      try {
        const { changeSummary } = await stack.preview({
          onEvent: eventHandler(record, options),
          ...common(options),
          ...(options.refresh === true ? { refresh: true } : {}),
        });
        return changeSummary ?? {};
      } catch (error) {
        throw explain(name, error, { record, options });
      }
    });
  }

  async unprotect(name: string): Promise<void> {
    await inFolder(name, (folder) => this.#commands.unprotect({ name, folder }));
  }

  async destroy(name: string, options: ChangeOptions): Promise<ChangeSummary> {
    return inFolder(name, (folder) => {
      // Else the engine would write down an empty config, and a destroy that fails would take the spec with it.
      folder.writeConfig(options.config);
      return this.#change({ name, folder, options, verb: "destroy" }, async (stack, onEvent) => {
        await stack.destroy({ onEvent, ...common(options) });
      });
    });
  }

  async remove(name: string): Promise<void> {
    await inFolder(name, (folder) => this.#commands.remove({ name, folder }));
    this.#known.set(name, false);
  }

  async #create(place: Place, provider?: string): Promise<boolean> {
    const isNew = await this.#commands.init(place, provider);
    this.#known.set(place.name, true);
    return isNew;
  }

  /** One update, after whatever a killed one has left is out of its way. */
  async #change({ name, folder, options, verb }: Change, work: Work<void>): Promise<ChangeSummary> {
    const record = newRecord();
    const onEvent = eventHandler(record, options);
    const program = "program" in options ? options.program : undefined;
    const stack = await this.#open({ name, folder, program });
    const place: Place = { name, folder, signal: options.signal };
    const attempt = (): Promise<void> => work(stack, onEvent);
    try {
      await attempt().catch(async (error: unknown) => {
        if (!(error instanceof CliFailure)) throw error;
        if (isMissingStack(error) && verb === "up") await this.#create(place);
        else if (isLocked(error)) await this.#takeOver(place, { options, refusal: error.result.stderr });
        else throw error;
        Object.assign(record, newRecord());
        await attempt();
      });
      if (record.hasPending && verb === "up") await this.#commands.clearPending(place);
    } catch (error) {
      throw explain(name, error, { record, options });
    }
    this.#known.set(name, true);
    return record.changes;
  }

  /** Frees a stack whose last update was killed. */
  async #takeOver(
    place: Place,
    { options, refusal }: { readonly options: RunOptions; readonly refusal: string },
  ): Promise<void> {
    await this.#commands.free(place, refusal);
    options.onDiagnostic?.("info", "an earlier run was killed; finishing what it began");
    await this.#commands.clearPending(place);
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
}

async function inFolder<T>(name: string, work: (folder: WorkFolder) => Promise<T>): Promise<T> {
  const folder = new WorkFolder(name);
  try {
    return await work(folder);
  } finally {
    folder.remove();
  }
}

function explain(
  name: string,
  error: unknown,
  { record, options }: { record: RunRecord; options: RunOptions },
): unknown {
  const { kind = "environment" } = options;
  if (options.signal?.aborted === true) return interrupted(name, kind);
  if (!(error instanceof CliFailure)) return error;
  if (isMissingStack(error)) {
    const hint = kind === "cluster" ? `ed8kctl cluster up ${name} makes it` : "ed8kctl list --all";
    return new UserError(`there is no ${kind} ${name}`, { exit: "notFound", hint });
  }
  return explainFailure(name, error, { errors: record.errors, kind });
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
  readonly options: UpOptions | ChangeOptions;
  readonly verb: "up" | "destroy";
}

function newRecord(): RunRecord {
  return { changes: {}, errors: [], hasPending: false };
}

function common({ signal }: RunOptions) {
  return { parallel: PARALLEL, ...(signal === undefined ? {} : { signal }) };
}

function interrupted(name: string, kind: StackKind): UserError {
  return new UserError(`interrupted: what was begun for ${name} is recorded, the rest is not done`, {
    hint: `the same command again finishes it; ${COMMANDS[kind].remove} ${name} removes it`,
    exit: "interrupted",
  });
}
