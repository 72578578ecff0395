import type { JsonObject } from "../../../kube/manifest.js";
import { valueAt } from "../../render/paths.js";
import type { Rule } from "../context.js";
import { rewriteImage } from "../images.js";
import { changedAt } from "../manifests.js";
import { withContainers, withPodTemplate, withVolumes } from "../pods.js";

/** Images are taken from where the cluster says (`ed8k:images`); those that no rule is about stay as they are written. */
export const bendImages: Rule = (object, { facts: { images } }) => {
  if (images.length === 0) return { object, notes: [] };
  const notes: string[] = [];
  const rewrite = (image: unknown): string | undefined => {
    if (typeof image !== "string") return undefined;
    const rewritten = rewriteImage(image, images);
    if (rewritten === image) return undefined;
    notes.push(`the image ${image} becomes ${rewritten}`);
    return rewritten;
  };
  const manifest = withPodTemplate(object.manifest, (template) => {
    const bent = withContainers(template, (container) => {
      const image = rewrite(container["image"]);
      return image === undefined ? container : { ...container, image };
    });
    return withVolumes(bent, (volume) => withReference(volume, rewrite));
  });
  return { object: { ...object, manifest }, notes: [...new Set(notes)] };
};

/** The volume with another image, when it is one. https://kubernetes.io/docs/concepts/storage/volumes/#image */
function withReference(volume: JsonObject, rewrite: (image: unknown) => string | undefined): JsonObject {
  const path = ["image", "reference"];
  const reference = rewrite(valueAt(volume, path));
  return reference === undefined ? volume : changedAt(volume, path, () => reference);
}
