import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { CachedImage } from "./cached-image.js";
import { cachedLayer, LAYERS, type Shelf } from "./cached-layer.js";

/**
 * Removes what nobody will ask for again: images of the same names that were made from something else, and all layers
 * but those of images that are edited.
 */
export function removeOutdated(images: readonly CachedImage[], { folder, common }: Shelf): void {
  const wanted = new Set(images.map((image) => image.folder));
  const names = new Set(images.map(({ definition }) => definition.name));
  for (const path of foldersIn(folder)) {
    const name = path.slice(folder.length + 1).replace(/-[0-9a-f]{12}$/, "");
    if (names.has(name) && !wanted.has(path)) rmSync(path, { recursive: true, force: true });
  }
  const layersFolder = join(folder, LAYERS);
  const kept = images
    .filter(({ definition }) => definition.isEdited)
    .flatMap(({ definition }) => definition.layers)
    .map((layer) => cachedLayer(layer, { folder: layersFolder, common }).folder);
  for (const path of foldersIn(layersFolder)) {
    if (!kept.includes(path)) rmSync(path, { recursive: true, force: true });
  }
}

function foldersIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}
