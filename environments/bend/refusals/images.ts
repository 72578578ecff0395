import type { Finding, Refusal } from "../context.js";
import type { Json, Manifest } from "../../../kube/manifest.js";
import { valueAt } from "../../render/paths.js";
import type { Path } from "../../render/rendered.js";
import { fullImage, isAllowedImage, rewriteImage } from "../images.js";
import { podTemplatePath } from "../kinds.js";
import { nameOf, objectsIn } from "../manifests.js";
import { CONTAINER_LISTS } from "../pods.js";

/** Images from registries that the cluster does not allow, once its rules have said where each is taken from. */
export const refuseImages: Refusal = (manifest, { facts: { allowedRegistries, images } }) =>
  namedImages(manifest).flatMap(({ path, verb, image }): readonly Finding[] => {
    if (typeof image !== "string") return [];
    const taken = rewriteImage(image, images);
    if (isAllowedImage(taken, allowedRegistries)) return [];
    const told = taken === image ? "" : `, which becomes "${taken}"`;
    const problem = `${nameOf(manifest)} ${verb} the image "${fullImage(image)}"${told}; allowed are images from ${allowedRegistries.join(", ")}`;
    return [{ path, problem, hint: "push it to an allowed registry and name it in the chart's values" }];
  });

interface NamedImage {
  readonly path: Path;
  readonly verb: "runs" | "mounts";
  readonly image: Json | undefined;
}

/** All that pods take from registries: what containers run, and volumes that are images. */
function namedImages(manifest: Manifest): readonly NamedImage[] {
  const template = podTemplatePath(manifest);
  if (template === undefined) return [];
  const fields = [
    ...CONTAINER_LISTS.map((list) => ({ list, field: ["image"], verb: "runs" as const })),
    { list: "volumes", field: ["image", "reference"], verb: "mounts" as const },
  ];
  return fields.flatMap(({ list, field, verb }) => {
    const path = [...template, "spec", list];
    return objectsIn(valueAt(manifest, path)).map((entry, index) => ({
      path: [...path, index, ...field],
      verb,
      image: valueAt(entry, field),
    }));
  });
}
