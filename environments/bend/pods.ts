import type { JsonObject, Manifest } from "../../kube/manifest.js";
import { isJsonObject } from "../../kube/object.js";
import { podTemplatePath } from "./kinds.js";
import { asObject, changedAt, objectsIn } from "./manifests.js";

/** The fields of a pod's spec that hold containers. */
export const CONTAINER_LISTS = ["initContainers", "containers", "ephemeralContainers"] as const;

/** The manifest with what `change` makes of its pods' template; itself when it makes no pods. */
export function withPodTemplate(manifest: Manifest, change: (template: JsonObject) => JsonObject): Manifest {
  const path = podTemplatePath(manifest);
  if (path === undefined) return manifest;
  if (path.length === 0) return { ...manifest, ...change({ metadata: manifest.metadata, spec: manifest["spec"] }) };
  return changedAt(manifest, path, (template) => change(asObject(template)));
}

/** The template with labels and annotations added. */
export function withTemplateMetadata(
  template: JsonObject,
  { labels, annotations }: { readonly labels: Record<string, string>; readonly annotations: Record<string, string> },
): JsonObject {
  const metadata = asObject(template["metadata"]);
  const all = { ...asObject(metadata["annotations"]), ...annotations };
  return {
    ...template,
    metadata: {
      ...metadata,
      labels: { ...asObject(metadata["labels"]), ...labels },
      ...(Object.keys(all).length === 0 ? {} : { annotations: all }),
    },
  };
}

/** The template with what `change` makes of each of its containers. */
export function withContainers(template: JsonObject, change: (container: JsonObject) => JsonObject): JsonObject {
  return withLists(template, CONTAINER_LISTS, change);
}

/** The template with what `change` makes of each of its volumes. */
export function withVolumes(template: JsonObject, change: (volume: JsonObject) => JsonObject): JsonObject {
  return withLists(template, ["volumes"], change);
}

function withLists(
  template: JsonObject,
  names: readonly string[],
  change: (entry: JsonObject) => JsonObject,
): JsonObject {
  return changedAt(template, ["spec"], (value) => {
    const spec = asObject(value);
    const lists = names.filter((list) => Array.isArray(spec[list]));
    return { ...spec, ...Object.fromEntries(lists.map((list) => [list, objectsIn(spec[list]).map(change)])) };
  });
}

/** True when the labels fulfil a selector; a selector that is none selects nothing. */
export function selects(selector: unknown, labels: JsonObject): boolean {
  if (!isJsonObject(selector)) return false;
  const wanted = Object.entries(asObject(selector["matchLabels"]));
  return wanted.length > 0 && wanted.every(([key, value]) => labels[key] === value);
}
