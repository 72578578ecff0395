import type { Rule } from "../context.js";
import { rewriteImage } from "../images.js";
import { withContainers, withPodTemplate } from "../pods.js";

/** Images are taken from where the cluster says (`ed8k:images`); those that no rule is about stay as they are written. */
export const bendImages: Rule = (object, { facts: { images } }) => {
  if (images.length === 0) return { object, notes: [] };
  const notes: string[] = [];
  const manifest = withPodTemplate(object.manifest, (template) =>
    withContainers(template, (container) => {
      const { image } = container;
      if (typeof image !== "string") return container;
      const rewritten = rewriteImage(image, images);
      if (rewritten === image) return container;
      notes.push(`the image ${image} becomes ${rewritten}`);
      return { ...container, image: rewritten };
    }),
  );
  return { object: { ...object, manifest }, notes: [...new Set(notes)] };
};
