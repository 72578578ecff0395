import { join } from "node:path";
import type { CachedImage } from "./cached-image.js";
import { cachedLayer, LAYERS, type Shelf } from "./cached-layer.js";
import { markUsed, removeUnused, removeWhole } from "./last-use.js";

/** Writes down that images are used, and the layers of those that are edited: no other process removes them now. */
export function markImagesUsed(images: readonly CachedImage[], shelf: Shelf): void {
  markUsed([...images.map(({ folder }) => folder), ...layersOf(images.filter(isEdited), shelf)]);
}

/**
 * Removes what images were made from, but the layers of those that are edited, and what no checkout on this cache has
 * used for long.
 */
export function removeOutdated(images: readonly CachedImage[], shelf: Shelf): void {
  const kept = layersOf(images.filter(isEdited), shelf);
  for (const layer of layersOf(images, shelf)) {
    if (!kept.includes(layer)) removeWhole(layer);
  }
  for (const folder of [shelf.folder, join(shelf.folder, LAYERS)]) removeUnused(folder);
}

function layersOf(images: readonly CachedImage[], { folder, common }: Shelf): readonly string[] {
  const layers = images.flatMap(({ definition }) => definition.layers);
  return layers.map((layer) => cachedLayer(layer, { folder: join(folder, LAYERS), common }).folder);
}

function isEdited({ definition }: CachedImage): boolean {
  return definition.isEdited === true;
}
