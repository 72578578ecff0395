import { podTemplatePath } from "../../environments/bend/kinds.js";
import { objectsIn } from "../../environments/bend/manifests.js";
import { CONTAINER_LISTS } from "../../environments/bend/pods.js";
import { valueAt } from "../../environments/render/paths.js";
import type { Path } from "../../environments/render/rendered.js";
import type { JsonObject, Manifest } from "../../kube/manifest.js";

export interface FoundContainer {
  /** Where it is in the object. */
  readonly path: Path;
  readonly container: JsonObject;
}

/** The containers of every kind that an object's pods have. */
export function containersOf(manifest: Manifest): readonly FoundContainer[] {
  const template = podTemplatePath(manifest);
  if (template === undefined) return [];
  return CONTAINER_LISTS.flatMap((list) => {
    const path = [...template, "spec", list];
    return objectsIn(valueAt(manifest, path)).map((container, index) => ({ path: [...path, index], container }));
  });
}
