import type { AwsClients } from "./clients.js";

/** Plain inputs and outputs of one resource, as the program and the state have them: camelCase, no secrets, nothing unknown. */
export type Data = Readonly<Record<string, unknown>>;

/** What becomes of a changed input: as AWS does it, and as the published provider tells it. */
export type OnChange = "update" | "replace";

/** How one type of AWS resource is made, looked at, changed and removed, on the AWS API. */
export interface AwsKind {
  /** The type token, such as `aws:ec2/vpc:Vpc`. */
  readonly type: string;
  /**
   * Every input that is supported; any other is refused by name. A path such as `launchTemplate.id` says what becomes of a
   * change there, where that is not the same as for the rest of the input.
   */
  readonly inputs: Readonly<Record<string, OnChange>>;
  /** Inputs without which it cannot be made. */
  readonly required: readonly string[];
  /** True: without a `name` it gets one of its name in the program and seven digits, as from the published provider. @default false */
  readonly isAutonamed?: boolean;
  /** Inputs that have a value when the program gives none. */
  readonly defaults?: Data;
  /** Outputs that are not known before it exists, beside `id`; unknown in previews. May be paths: `vpcConfig.vpcId`. */
  readonly computed: readonly string[];
  /** True: the old one must go before the new one can be made, because both have the same name. @default false */
  readonly deleteBeforeReplace?: boolean;
  /** Makes it and gives its id. Must be safe to repeat after a crash where AWS allows that. */
  create(inputs: Data, clients: AwsClients): Promise<string>;
  /**
   * Waits until it is usable, and does what can only be done when it is there; called after `create` and after `update`.
   * What fails here leaves it in the state as made but not usable, and the next update calls both again: so it is the
   * place for all that may fail once there is something to lose. Must be safe to repeat.
   */
  settle?(id: string, clients: AwsClients, inputs: Data): Promise<void>;
  /**
   * Looks at it on AWS. Gives all inputs as they are there (so that drift is seen) and the computed outputs;
   * `undefined` when it is gone. `last` is what the state knows of it, nothing when it is imported by its id.
   */
  read(id: string, clients: AwsClients, last: Data): Promise<Data | undefined>;
  /**
   * Changes it in place: an input that `update`s has changed, or the last try failed (then both may be the same).
   * Absent where every change replaces. Tags among them: see `kinds/tags.ts` for what came and what went.
   */
  update?(id: string, change: { readonly old: Data; readonly inputs: Data }, clients: AwsClients): Promise<void>;
  /** Removes it and waits until it is gone; success when it is gone already. */
  delete(id: string, clients: AwsClients, last: Data): Promise<void>;
}
