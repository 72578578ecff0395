import type { JsonObject } from "../../../kube/manifest.js";
import { asList, asText } from "../../../kube/object.js";
import { ANNOTATIONS, PRIORITIES } from "../../../naming.js";
import type { PodBindings, Rule } from "../context.js";
import { fullImage } from "../images.js";
import { asObject, withoutFields } from "../manifests.js";
import { withContainers, withPodTemplate, withTemplateMetadata } from "../pods.js";

/** Those that a chart may choose; the platform's own is not among them. */
const CHOICE: readonly string[] = [PRIORITIES.data, PRIORITIES.dev, PRIORITIES.preview];

/** Pods get the service's variables, a priority that the cluster has, and images as the allow-list writes them. */
export const bendPods: Rule = (object, { bindings, facts }) => {
  const notes: string[] = [];
  const manifest = withPodTemplate(object.manifest, (template) => {
    const spec = asObject(template["spec"]);
    const wanted = asText(spec["priorityClassName"]);
    const keeps = CHOICE.includes(wanted);
    if (!keeps && wanted !== "") {
      notes.push(`the priority class ${wanted} becomes ${PRIORITIES.dev}`);
    }
    const prioritized = keeps ? spec : { ...withoutFields(spec, ["priority"]), priorityClassName: PRIORITIES.dev };
    const bent = withContainers({ ...template, spec: prioritized }, (container) => ({
      ...container,
      ...(facts.allowedRegistries.length > 0 ? withFullImage(container) : {}),
      ...(bindings === undefined ? {} : { envFrom: [...sources(bindings), ...asList(container["envFrom"])] }),
    }));
    if (bindings === undefined) return bent;
    return withTemplateMetadata(bent, { labels: {}, annotations: { [ANNOTATIONS.bindings]: bindings.checksum } });
  });
  return { object: { ...object, manifest }, notes };
};

function withFullImage({ image }: JsonObject): JsonObject {
  return typeof image === "string" ? { image: fullImage(image) } : {};
}

/** They come first: of two sources of a variable the later counts, so that what the chart sets itself wins. */
function sources({ name, configMap, secret }: PodBindings): JsonObject[] {
  return [...(configMap ? [{ configMapRef: { name } }] : []), ...(secret ? [{ secretRef: { name } }] : [])];
}
