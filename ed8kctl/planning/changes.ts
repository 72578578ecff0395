import type { EnvironmentPlan, PlannedObject } from "../../environments/plan/types.js";
import type { JsonObject } from "../../kube/manifest.js";
import { isJsonObject, type LiveObject } from "../../kube/object.js";
import { differingPaths } from "./compare.js";

/** What applying a plan would do to one object. */
export interface Change {
  readonly action: "create" | "change" | "delete" | "unchanged";
  readonly kind: string;
  readonly name: string;
  /** Property paths that differ, for `change`. */
  readonly paths: readonly string[];
}

/** What the cluster has of an environment. */
export interface LiveObjects {
  readonly objects: readonly LiveObject[];
  /** Kinds that the user may not see: nothing is said of them. */
  readonly unseen: readonly string[];
}

/** Compares a plan with what is there, object by object. */
export function changesOf(plan: EnvironmentPlan, { objects, unseen }: LiveObjects): readonly Change[] {
  const planned = plannedObjects(plan).filter(({ manifest }) => !unseen.includes(manifest.kind));
  const live = new Map(objects.map((object) => [keyOf(object), object]));
  const names = new Set(planned.map(({ manifest }) => keyOf(manifest)));
  const gone = objects.filter((object) => !names.has(keyOf(object)) && !isMadeByOthers(object));
  return [
    ...planned.map((object) => changeOf(object, live.get(keyOf(object.manifest)))),
    ...gone.map(({ kind, metadata }) => ({ action: "delete", kind, name: metadata.name, paths: [] }) as const),
  ];
}

/** Everything that a plan registers. */
export function plannedObjects({ tenancy, services }: EnvironmentPlan): readonly PlannedObject[] {
  return [...tenancy, ...services.flatMap((service) => service.objects)];
}

function changeOf({ manifest, secretData, ignoreChanges }: PlannedObject, live: LiveObject | undefined): Change {
  const { kind, metadata } = manifest;
  if (live === undefined) return { action: "create", kind, name: metadata.name, paths: [] };
  const paths = [
    ...differingPaths(comparable(manifest), live),
    ...(secretData === undefined ? [] : secretPaths(Object.keys(secretData), live)),
  ].filter(
    (path) =>
      !ignoreChanges.some((ignored) => path.startsWith(ignored) && /^($|[.[])/.test(path.slice(ignored.length))),
  );
  return { action: paths.length === 0 ? "unchanged" : "change", kind, name: metadata.name, paths };
}

/** `stringData` is written only: the API server keeps it as `data`. */
function comparable({ stringData, ...manifest }: JsonObject): JsonObject {
  if (!isJsonObject(stringData)) return manifest;
  const data = Object.entries(stringData).map(
    ([key, text]) => [key, Buffer.from(asString(text)).toString("base64")] as const,
  );
  return {
    ...manifest,
    data: { ...(isJsonObject(manifest["data"]) ? manifest["data"] : {}), ...Object.fromEntries(data) },
  };
}

/** Generated values are known to the engine only; a key that is not there is a difference all the same. */
function secretPaths(keys: readonly string[], { data }: LiveObject): readonly string[] {
  const there = isJsonObject(data) ? data : {};
  return keys.filter((key) => !(key in there)).map((key) => `data.${key}`);
}

/** Objects of controllers go with their owners; volumes outlive the StatefulSets that made them. */
function isMadeByOthers({ kind, metadata }: LiveObject): boolean {
  return metadata["ownerReferences"] !== undefined || kind === "PersistentVolumeClaim";
}

/** A kind has one name, whichever version of the API it is written in. */
function keyOf({ kind, metadata }: { readonly kind: string; readonly metadata: { readonly name: string } }): string {
  return `${kind}/${metadata.name}`;
}

function asString(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
