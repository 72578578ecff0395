import type { Rule } from "../context.js";
import { asObject, nameOf, objectsIn } from "../manifests.js";

const POLICY = "persistentVolumeClaimRetentionPolicy";

/**
 * Volumes of StatefulSets go with them, unless the chart says otherwise: a service that is started again has new
 * passwords, by which old data could not be opened.
 * https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#persistentvolumeclaim-retention
 */
export const bendVolumes: Rule = (object) => {
  const { manifest } = object;
  const spec = asObject(manifest["spec"]);
  const set = asObject(spec[POLICY]);
  const isKept = manifest.kind !== "StatefulSet" || objectsIn(spec["volumeClaimTemplates"]).length === 0;
  if (isKept || typeof set["whenDeleted"] === "string") return { object, notes: [] };
  const bent = { ...spec, [POLICY]: { whenScaled: "Retain", ...set, whenDeleted: "Delete" } };
  return {
    object: { ...object, manifest: { ...manifest, spec: bent } },
    notes: [`${nameOf(manifest)}: its volumes go with it when the service is stopped`],
  };
};
