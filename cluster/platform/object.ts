import type { PlannedObject } from "../../environments/plan/types.js";
import type { Manifest } from "../../kube/manifest.js";

/** An object of the platform, which the cluster stack registers as it stands. `after`: ids of objects that come first. */
export function platformObject(manifest: Manifest, after: readonly string[] = []): PlannedObject {
  const { namespace, name } = manifest.metadata;
  const place = namespace === undefined ? "" : `${namespace}/`;
  return { id: `${place}${manifest.kind}/${name}`, manifest, after, ignoreChanges: [] };
}
