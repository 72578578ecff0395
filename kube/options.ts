import type { Json } from "./manifest.js";

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

export interface RequestOptions {
  readonly query?: Query;
  readonly body?: Json;
  /** @default application/json */
  readonly contentType?: string;
  readonly accept?: string;
  readonly signal?: AbortSignal;
}

export interface WriteOptions {
  /** Who is recorded as owner of the fields. @default "ed8k" */
  readonly fieldManager?: string;
  /** True: the server checks and answers, and changes nothing. */
  readonly dryRun?: boolean;
  readonly signal?: AbortSignal;
}
export interface ApplyOptions extends WriteOptions {
  /** Takes fields over from other managers instead of failing with a conflict. @default false */
  readonly force?: boolean;
}
export interface PatchOptions extends WriteOptions {
  /** @default "merge" */
  readonly type?: "merge" | "json" | "strategic-merge";
}

export interface ListOptions {
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  /** Objects in one request; 0 asks for all in one. @default 500 */
  readonly pageSize?: number;
  readonly signal?: AbortSignal;
}

export interface DeleteOptions {
  /** What becomes of what it owns. @default "Background" */
  readonly propagationPolicy?: "Foreground" | "Background" | "Orphan";
  /** Refuses with a conflict when the object is another than the one meant. */
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string };
  readonly gracePeriodSeconds?: number;
  readonly dryRun?: boolean;
  readonly signal?: AbortSignal;
}
