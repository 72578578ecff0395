import { join } from "node:path";
import { checkSpace, diskError } from "../machine/disk.js";
import { withLock } from "../machine/lock.js";
import { cacheFolder } from "../paths.js";
import type { Work } from "../tools/cache.js";
import { type BuiltImage, builtImage, type CachedImage, isBuilt } from "./cache/cached-image.js";
import { markImagesUsed, removeOutdated } from "./cache/outdated.js";
import type { Shelf } from "./cache/cached-layer.js";
import { images as definitions } from "./images.js";
import { commonKey, imageKey } from "./cache/keys.js";
import { makeImages } from "./make.js";

/** Packages, unpacked folders, layers and archives of all images at once. */
const BUILD_BYTES = 2.5 * 1024 ** 3;

/**
 * All images that the sandbox needs without a registry. What is in the cache is taken from there, without the network;
 * the rest is made from Debian packages, jars and sources of the checkout.
 * @throws UserError when the machine has no apt or an unfit one, sources cannot be reached, or the disk is full
 */
export async function buildImages(work: Work): Promise<readonly BuiltImage[]> {
  const folder = join(cacheFolder(), "images");
  const common = commonKey();
  const images = definitions().map((definition) => ({
    definition,
    folder: join(folder, `${definition.name}-${imageKey(definition, common)}`),
  }));
  // Before it looks what is there, or it might go in between.
  markImagesUsed(images, { folder, common });
  if (!images.every(isBuilt)) {
    try {
      await makeMissing(images, { folder, common }, work);
    } catch (error) {
      throw diskError(error, folder, "making images");
    }
  }
  return images.map(builtImage);
}

/** One process at a time does so; the others find what it made. */
async function makeMissing(images: readonly CachedImage[], place: Shelf, work: Work): Promise<void> {
  const { folder } = place;
  const onWait = (pid: number): void => work.report(`waiting for process ${pid}, which is making images`);
  await withLock(`${folder}.lock`, { onWait, signal: work.signal }, async () => {
    const missing = images.filter((image) => !isBuilt(image));
    if (missing.length === 0) return;
    if (missing.length === images.length) checkSpace({ folder, bytes: BUILD_BYTES, purpose: "to make images" });
    await makeImages({ ...place, missing }, work);
    removeOutdated(images, place);
  });
}
