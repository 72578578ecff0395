import { LABELS } from "../../../naming.js";
import type { Rule } from "../context.js";
import { asObject, changedAt, objectsIn, withLabels } from "../manifests.js";
import { withPodTemplate, withTemplateMetadata } from "../pods.js";

/**
 * Every object is in the environment's namespace and says whose it is, as do its pods and volumes. Selectors stay as
 * they are: they cannot be changed later.
 */
export const bendLabels: Rule = (object, { environment, service }) => {
  const labels = { [LABELS.env]: environment, [LABELS.service]: service };
  const placed = withLabels(object.manifest, labels);
  const manifest = withPodTemplate(
    { ...placed, metadata: { ...placed.metadata, namespace: environment } },
    (template) => withTemplateMetadata(template, { labels, annotations: {} }),
  );
  if (manifest.kind !== "StatefulSet") return { object: { ...object, manifest }, notes: [] };
  return {
    object: {
      ...object,
      manifest: changedAt(manifest, ["spec"], (spec) => withClaimLabels(asObject(spec), labels)),
    },
    notes: [],
  };
};

function withClaimLabels(spec: ReturnType<typeof asObject>, labels: Readonly<Record<string, string>>) {
  if (spec["volumeClaimTemplates"] === undefined) return spec;
  const claims = objectsIn(spec["volumeClaimTemplates"]).map((claim) => {
    const metadata = asObject(claim["metadata"]);
    return { ...claim, metadata: { ...metadata, labels: { ...asObject(metadata["labels"]), ...labels } } };
  });
  return { ...spec, volumeClaimTemplates: claims };
}
