import type { Rule } from "../context.js";
import { nameOf, withoutFields } from "../manifests.js";

/** No controller of the environment would take a finalizer off again, and the namespace could never be deleted. */
export const bendFinalizers: Rule = (object) => {
  const { metadata } = object.manifest;
  if ((metadata["finalizers"] ?? null) === null) return { object, notes: [] };
  const kept = { ...withoutFields(metadata, ["finalizers"]), name: metadata.name };
  return {
    object: { ...object, manifest: { ...object.manifest, metadata: kept } },
    notes: [`${nameOf(object.manifest)}: finalizers are dropped, so that the environment can be deleted`],
  };
};
