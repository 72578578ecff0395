import type { Refusal } from "../context.js";
import { valueAt } from "../../render/paths.js";
import { fullImage, isAllowedImage, rewriteImage } from "../images.js";
import { podTemplatePath } from "../kinds.js";
import { nameOf, objectsIn } from "../manifests.js";
import { CONTAINER_LISTS } from "../pods.js";

/** Images from registries that the cluster does not allow, once its rules have said where each is taken from. */
export const refuseImages: Refusal = (manifest, { facts: { allowedRegistries, images } }) => {
  const template = podTemplatePath(manifest);
  if (template === undefined) return [];
  return CONTAINER_LISTS.flatMap((list) => {
    const path = [...template, "spec", list];
    return objectsIn(valueAt(manifest, path)).flatMap(({ image }, index) => {
      if (typeof image !== "string") return [];
      const taken = rewriteImage(image, images);
      if (isAllowedImage(taken, allowedRegistries)) return [];
      const told = taken === image ? "" : `, which becomes "${taken}"`;
      const problem = `${nameOf(manifest)} runs the image "${fullImage(image)}"${told}; allowed are images from ${allowedRegistries.join(", ")}`;
      return [
        {
          path: [...path, index, "image"],
          problem,
          hint: "push it to an allowed registry and name it in the chart's values",
        },
      ];
    });
  });
};
