import type { EngineLog } from "./log.js";
import type { Value, ValueMap } from "./values.js";

/** What every call about a resource says of it. */
export interface ResourceCall {
  readonly urn: string;
  /** Such as `kubernetes:apps/v1:Deployment`. */
  readonly type: string;
  /** The resource's name in the program. */
  readonly name: string;
}

export interface CheckCall extends ResourceCall {
  /** `undefined` for a resource that is new. */
  readonly oldInputs: ValueMap | undefined;
  readonly inputs: ValueMap;
  /** Makes the same random choices in preview and update. */
  readonly seed: Uint8Array;
}
export interface Failure {
  readonly property: string;
  readonly reason: string;
}
export interface Checked {
  readonly inputs: ValueMap;
  readonly failures: readonly Failure[];
}

export interface DiffCall extends ResourceCall {
  readonly id: string;
  readonly oldInputs: ValueMap;
  readonly state: ValueMap;
  readonly inputs: ValueMap;
  readonly ignoreChanges: readonly string[];
}
export type ChangeKind = "add" | "delete" | "update";
export interface Change {
  readonly kind: ChangeKind;
  readonly replace: boolean;
}
export interface Difference {
  /** By property path, such as `spec.template.spec.containers[0].image`. */
  readonly changes: ReadonlyMap<string, Change>;
  /** True: the old one must go before the new one can be made. */
  readonly deleteBeforeReplace: boolean;
}

export interface CreateCall extends ResourceCall {
  readonly inputs: ValueMap;
  readonly preview: boolean;
  /** 0: the provider's own. */
  readonly timeoutSeconds: number;
}
export interface Created {
  readonly id: string;
  readonly state: ValueMap;
}

export interface ReadCall extends ResourceCall {
  readonly id: string;
  readonly inputs: ValueMap;
  readonly state: ValueMap;
}
/** `undefined` when the resource is no longer there. */
export type Read = { readonly id: string; readonly inputs: ValueMap; readonly state: ValueMap } | undefined;

export interface UpdateCall extends DiffCall {
  readonly preview: boolean;
  readonly timeoutSeconds: number;
}
export interface DeleteCall extends ResourceCall {
  readonly id: string;
  readonly state: ValueMap;
  readonly timeoutSeconds: number;
}

/** A resource provider, in plain data; `serve` speaks gRPC for it. */
export interface Provider {
  readonly name: string;
  readonly version: string;
  checkConfig(inputs: ValueMap): Checked;
  diffConfig(oldInputs: ValueMap, inputs: ValueMap): Difference;
  configure(inputs: ValueMap, log: EngineLog): void;
  invoke(token: string, args: ValueMap): Promise<Value>;
  check(call: CheckCall): Promise<Checked>;
  diff(call: DiffCall): Promise<Difference>;
  create(call: CreateCall): Promise<Created>;
  read(call: ReadCall): Promise<Read>;
  update(call: UpdateCall): Promise<ValueMap>;
  delete(call: DeleteCall): Promise<void>;
  /** Ends what is waiting, promptly. */
  cancel(): void;
}

/**
 * The resource was made or changed but did not become what it should be: the engine keeps its state, and repairs it in
 * the next update.
 */
export class InitializationError extends Error {
  readonly id: string;
  readonly state: ValueMap;
  readonly reasons: readonly string[];

  constructor(
    message: string,
    kept: { readonly id: string; readonly state: ValueMap; readonly reasons?: readonly string[] },
  ) {
    super(message);
    this.name = "InitializationError";
    this.id = kept.id;
    this.state = kept.state;
    this.reasons = [message, ...(kept.reasons ?? [])];
  }
}
