import type { ClusterFacts } from "../../cluster/outputs.js";
import type { ClaimParams, ClaimType } from "../../services/claims.js";
import type { GeneratedSecret, PlannedObject, Template } from "../plan/types.js";

/** A resource that a service asks for, as its `ed8k.yaml` says it. */
export interface Claim<T extends ClaimType = ClaimType> {
  readonly service: string;
  /** The key under `resources`. */
  readonly name: string;
  readonly params: ClaimParams<T>;
}

export interface DriverContext {
  readonly environment: string;
  readonly facts: ClusterFacts;
}

/** What fulfils a claim. */
export interface Fulfilment {
  /** Name of the real thing: a StatefulSet, a topic. */
  readonly physicalName: string;
  readonly objects: readonly PlannedObject[];
  /** The type's outputs (`OUTPUTS` of services/service.ts): the same keys from every driver of the type. */
  readonly outputs: Readonly<Record<string, Template>>;
  /** What the user should know of it; nothing when left out. */
  readonly notes?: readonly string[];
  /** Secrets to be generated; `outputs` and `objects` refer to them by name. */
  readonly secrets: readonly GeneratedSecret[];
}

/** Decides, from plain data alone, what fulfils a claim of one type. */
export type Driver<T extends ClaimType> = (claim: Claim<T>, context: DriverContext) => Fulfilment;
