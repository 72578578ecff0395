/** The raw config of a stack: `ed8k:<key>` → text, JSON for lists and objects. */
export type StackConfig = Readonly<Record<string, string>>;

/** The config of a stack whose first update has not ended: nothing is written down yet of what it is to be. */
export const UNUSED: StackConfig = Object.freeze({});

/** What happened to one resource, as it happens. */
export interface StepEvent {
  /** Logical name in the stack. */
  readonly resource: string;
  /** Pulumi's type token. */
  readonly type: string;
  readonly operation: "create" | "update" | "replace" | "delete" | "read" | "refresh" | "same" | "import";
  readonly phase: "started" | "done" | "failed";
  /** Property paths that differ, for updates and replacements. */
  readonly paths: readonly string[];
}

export interface RunOptions {
  readonly signal?: AbortSignal;
  /** What the stack is, for the commands that messages name. @default "environment" */
  readonly kind?: StackKind;
  readonly onStep?: (step: StepEvent) => void;
  /** Warnings and errors of the engine and the providers, without colour, one line each. */
  readonly onDiagnostic?: (severity: "warning" | "error" | "info", text: string) => void;
}

/** What a stack describes. */
export type StackKind = "environment" | "cluster";

/** What every change of a stack is given: the engine writes the config into the stack's history, where it is kept. */
export interface ChangeOptions extends RunOptions {
  readonly config: StackConfig;
}

export interface UpOptions extends ChangeOptions {
  /** Registers the stack's resources; what it gives are the stack's outputs. */
  readonly program: () => Promise<Record<string, unknown>>;
  /** True: looks first at what there really is, for when that is known to differ from what the stack has recorded. @default false */
  readonly refresh?: boolean;
}

/** What a stack's state says of it. */
export interface StackRecord {
  /** Kubeconfig context through which its objects were made; absent where none were. */
  readonly context?: string;
  /** True when it is the stack of a cluster. */
  readonly isCluster: boolean;
  /** True where it has made something on AWS, or had begun to; absent otherwise. */
  readonly onAws?: true;
  /** How many resources it has made, without components and providers. */
  readonly resources: number;
  /** How many of them are objects on a Kubernetes cluster. */
  readonly objects: number;
  /** URNs of what a killed run was just making on AWS, of which it is not known whether it is there; absent: none. */
  readonly begunOnAws?: readonly string[];
  /** True when a run was killed while it made or changed something. */
  readonly hasPending: boolean;
}

/** What a new stack's secrets are encrypted with; neither: the passphrase that is set. */
export interface StackSecrets {
  /** Salt of another stack of the backend, whose passphrase the new one must have. */
  readonly salt?: string;
  /** A key of a cloud, such as `awskms:///alias/ed8k-state?region=eu-west-1`. */
  readonly provider?: string;
}

/** A run of the engine that has ended. */
export interface UpdateRecord {
  /** The engine's word: `update`, `refresh`, `destroy`, …. */
  readonly kind: string;
  readonly succeeded: boolean;
  /** RFC 3339. */
  readonly ended: string;
  readonly changes: ChangeSummary;
}

/** A stack of the project, as the backend lists it. */
export interface StackSummary {
  readonly name: string;
  /** Absent where the backend does not count. */
  readonly resources?: number;
}

/** How many resources an operation changed, by what it did. */
export type ChangeSummary = Readonly<Record<string, number>>;

/**
 * The stacks of one backend, each an environment or a cluster; implemented on the Automation API in
 * `automation.ts`, and by a fake in tests. Every call that changes a stack throws `UserError` with exit `busy` when
 * another update of it runs, `notFound` where there is no such stack, and finishes what an earlier, killed run left.
 */
export interface Stacks {
  /** Where the backend is, without credentials: part of the identity of what is recorded about it. */
  readonly backend: string;
  /** Loads what the other calls need; worth calling while something else is waited for. */
  prepare(): Promise<void>;
  /**
   * Makes an empty stack; false when there is one of that name already.
   * @param secrets what encrypts its secrets, from now on
   */
  create(stack: string, secrets?: StackSecrets): Promise<boolean>;
  /** All stacks of the project. */
  list(): Promise<readonly StackSummary[]>;
  /** What a passphrase can be held against; `undefined` where there is no such stack, or it needs no passphrase. */
  salt(stack: string): Promise<string | undefined>;
  /** @throws UserError when the passphrase that is set does not belong to the salt */
  checkPassphrase(stack: string, salt: string): Promise<void>;
  /** Config of the stack's last update, `UNUSED` when none has ended; `undefined` when there is no such stack. */
  config(stack: string): Promise<StackConfig | undefined>;
  /** What the stack's state says; `undefined` when there is no such stack. */
  record(stack: string): Promise<StackRecord | undefined>;
  /** The last run that has ended; `undefined` when none has, or there is no such stack. Killed ones are not told. */
  lastUpdate(stack: string): Promise<UpdateRecord | undefined>;
  /** The stack's plain outputs; `undefined` when there is no such stack. */
  outputs(stack: string): Promise<Readonly<Record<string, unknown>> | undefined>;
  /** Makes the stack where there is none, and brings it to what the program says. */
  up(stack: string, options: UpOptions): Promise<ChangeSummary>;
  /** What `up` would do; changes nothing and makes no stack. */
  preview(stack: string, options: UpOptions): Promise<ChangeSummary>;
  /** Lets resources be deleted that the program protects; the next update protects them again. */
  unprotect(stack: string): Promise<void>;
  /** Deletes what the stack has made; the stack stays. */
  destroy(stack: string, options: ChangeOptions): Promise<ChangeSummary>;
  /** Forgets a stack, its config and its history; does nothing when there is none. */
  remove(stack: string): Promise<void>;
}
