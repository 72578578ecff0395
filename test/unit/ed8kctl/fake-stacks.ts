import type {
  ChangeOptions,
  ChangeSummary,
  StackConfig,
  StackRecord,
  StackSecrets,
  StackSummary,
  Stacks,
  StepEvent,
  UpdateRecord,
  UpOptions,
} from "../../../ed8kctl/engine/stacks.js";

/** What the state of a stack says that has made nothing. */
export const EMPTY: StackRecord = { isCluster: false, resources: 0, objects: 0, hasPending: false };

/** The stacks of a backend in memory. What is done to them is written down, in order. */
export class FakeStacks implements Stacks {
  readonly calls: string[] = [];
  readonly configs = new Map<string, StackConfig>();
  /** What an update or a removal of resources does besides; it may throw. */
  onUp: (stack: string, options: UpOptions) => ChangeSummary | Promise<ChangeSummary> = () => ({ create: 1 });
  onDestroy: (stack: string, options: ChangeOptions) => ChangeSummary | Promise<ChangeSummary> = () => ({ delete: 1 });

  constructor(
    readonly backend: string,
    configs: Readonly<Record<string, StackConfig>> = {},
  ) {
    for (const [name, config] of Object.entries(configs)) this.configs.set(name, config);
  }

  prepare(): Promise<void> {
    return Promise.resolve();
  }

  create(stack: string, { salt, provider }: StackSecrets = {}): Promise<boolean> {
    this.calls.push(`create ${stack} ${provider ?? salt ?? "without salt"}`);
    const isNew = !this.configs.has(stack);
    if (isNew) this.configs.set(stack, {});
    return Promise.resolve(isNew);
  }

  salt(stack: string): Promise<string | undefined> {
    return Promise.resolve(`salt of ${stack}`);
  }

  checkPassphrase(): Promise<void> {
    return Promise.resolve();
  }

  config(stack: string): Promise<StackConfig | undefined> {
    return Promise.resolve(this.configs.get(stack));
  }

  /** By stack. */
  readonly records = new Map<string, StackRecord>();

  record(stack: string): Promise<StackRecord | undefined> {
    return Promise.resolve(this.configs.has(stack) ? (this.records.get(stack) ?? EMPTY) : undefined);
  }

  /** By stack. */
  readonly updates = new Map<string, UpdateRecord>();

  lastUpdate(stack: string): Promise<UpdateRecord | undefined> {
    return Promise.resolve(this.updates.get(stack));
  }

  list(): Promise<readonly StackSummary[]> {
    return Promise.resolve(
      [...this.configs.keys()].map((name) => ({ name, resources: this.records.get(name)?.resources ?? 1 })),
    );
  }

  /** By stack. */
  readonly said = new Map<string, Readonly<Record<string, unknown>>>();

  outputs(stack: string): Promise<Readonly<Record<string, unknown>> | undefined> {
    return Promise.resolve(this.configs.has(stack) ? (this.said.get(stack) ?? {}) : undefined);
  }

  unprotect(stack: string): Promise<void> {
    this.calls.push(`unprotect ${stack}`);
    return Promise.resolve();
  }

  async up(stack: string, options: UpOptions): Promise<ChangeSummary> {
    this.calls.push(options.refresh === true ? `up ${stack} --refresh` : `up ${stack}`);
    this.configs.set(stack, options.config);
    return this.onUp(stack, options);
  }

  /** What a preview tells. */
  previewed: ChangeSummary = {};

  /** What a preview tells one by one. */
  previewSteps: readonly StepEvent[] = [];

  preview(stack: string, { refresh = false, onStep }: UpOptions): Promise<ChangeSummary> {
    for (const step of this.previewSteps) onStep?.(step);
    this.calls.push(refresh ? `preview ${stack} --refresh` : `preview ${stack}`);
    return Promise.resolve(this.previewed);
  }

  async destroy(stack: string, options: ChangeOptions): Promise<ChangeSummary> {
    this.calls.push(`destroy ${stack}`);
    // As the engine does: what it is given is what it keeps.
    this.configs.set(stack, options.config);
    return this.onDestroy(stack, options);
  }

  remove(stack: string): Promise<void> {
    this.calls.push(`remove ${stack}`);
    this.configs.delete(stack);
    return Promise.resolve();
  }
}
