import type { Json, JsonObject, Manifest, ObjectMeta } from "./manifest.js";

/** What the API server adds to an object's metadata. */
export interface LiveMeta extends ObjectMeta {
  readonly uid: string;
  readonly resourceVersion: string;
  /** RFC 3339, to the second. */
  readonly creationTimestamp: string;
  readonly generation?: number;
  /** Set while the object is being deleted and something (a finalizer, a grace period) holds it. */
  readonly deletionTimestamp?: string;
  readonly finalizers?: readonly string[];
}

/** An object as the API server gave it. */
export interface LiveObject extends Manifest {
  readonly metadata: LiveMeta;
}

/** Which object (or, without a name, which kind) a call means. */
export interface ObjectRef {
  readonly apiVersion: string;
  readonly kind: string;
  /** Left out for cluster-scoped kinds; for lists of a namespaced kind it means all namespaces. */
  readonly namespace?: string;
}
export interface NamedRef extends ObjectRef {
  readonly name: string;
  /** Such as `status`, `scale`, `log`. */
  readonly subresource?: string;
}

/** One answer of the API server to a list. */
export interface LiveList {
  /** What a watch continues from. */
  readonly resourceVersion: string;
  readonly items: readonly LiveObject[];
}

/** How the API calls this object. */
export function refOf(object: Manifest): NamedRef {
  const { apiVersion, kind, metadata } = object;
  const { name, namespace } = metadata;
  return { apiVersion, kind, name, ...(namespace === undefined ? {} : { namespace }) };
}

/** For messages: `Deployment shop/web`. */
export function describeRef({ kind, namespace, name }: NamedRef): string {
  return `${kind} ${namespace === undefined ? "" : `${namespace}/`}${name}`;
}

/** Narrows data that came from outside; arrays are no objects. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The text, or nothing of it when the value is none. */
export function asText(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** The list, or an empty one when the value is none. */
export function asList(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

/** The value at a path such as `status.conditions`; `undefined` as soon as a step is missing. */
export function at(value: Json | undefined, ...path: readonly string[]): Json | undefined {
  let current: Json | undefined = value;
  for (const step of path) {
    if (!isJsonObject(current)) return undefined;
    current = current[step];
  }
  return current;
}
