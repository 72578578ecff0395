import type { Json, JsonObject, Manifest } from "../../kube/manifest.js";
import { asList, isJsonObject } from "../../kube/object.js";

/** The value as an object; an empty one where it is none. */
export function asObject(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** The list's objects; what is no object among them is left to the API server to refuse. */
export function objectsIn(value: Json | undefined): readonly JsonObject[] {
  return asList(value).map(asObject);
}

/** The object with what `change` makes of the value at the path; it is not changed itself. */
export function changedAt<T extends JsonObject>(
  object: T,
  path: readonly string[],
  change: (value: Json | undefined) => Json | undefined,
): T {
  const [step, ...rest] = path;
  if (step === undefined) return object;
  const value = rest.length === 0 ? change(object[step]) : changedAt(asObject(object[step]), rest, change);
  return { ...object, [step]: value };
}

/** The object without these fields. */
export function withoutFields(object: JsonObject, fields: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !fields.includes(key)));
}

/** The manifest with labels added. */
export function withLabels(manifest: Manifest, labels: Readonly<Record<string, string>>): Manifest {
  return { ...manifest, metadata: { ...manifest.metadata, labels: { ...manifest.metadata.labels, ...labels } } };
}

/** `Deployment "web"`, as messages call an object. */
export function nameOf({ kind, metadata }: Manifest): string {
  return `${kind} "${metadata.name}"`;
}
