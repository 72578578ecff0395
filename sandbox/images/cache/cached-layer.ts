import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { unpackPackages } from "../../debian/unpack.js";
import { makeOnce, type Work } from "../../tools/cache.js";
import type { Layer } from "../oci/archive.js";
import type { LayerDefinition } from "../definition.js";
import { layerKey } from "./keys.js";
import { type Blob, writeTar } from "../oci/layer.js";

/** A layer, and the folder of the cache that it has or will have. */
export interface CachedLayer {
  readonly definition: LayerDefinition;
  readonly folder: string;
}

/** The folder of all layers, in that of the images. */
export const LAYERS = "layers";

/** Files in a layer's folder. */
const TAR = "layer.tar";
const BLOB = "blob.json";

export interface Shelf {
  readonly folder: string;
  /** What holds for the keys of all layers. */
  readonly common: string;
}

export function cachedLayer(definition: LayerDefinition, { folder, common }: Shelf): CachedLayer {
  return { definition, folder: join(folder, `${definition.name}-${layerKey(definition, common)}`) };
}

export function isMade({ folder }: CachedLayer): boolean {
  return [TAR, BLOB].every((file) => existsSync(join(folder, file)));
}

/**
 * Makes a layer unless it is in the cache.
 * @param packages files of Debian packages
 */
export async function makeLayer(layer: CachedLayer, packages: readonly string[], work: Work): Promise<Layer> {
  const { definition, folder } = layer;
  const make = async (parts: string): Promise<void> => {
    const root = join(parts, "root");
    mkdirSync(root);
    const without = definition.packages?.leaveOut ?? [];
    await unpackPackages(packages, { folder: root, without, signal: work.signal });
    await definition.fill?.(root, work);
    writeFileSync(join(parts, BLOB), JSON.stringify(await writeTar(root, join(parts, TAR), { signal: work.signal })));
  };
  await makeOnce({ folder, files: [TAR, BLOB], doing: `making the layer ${definition.name}`, make }, work);
  return { file: join(folder, TAR), ...(JSON.parse(readFileSync(join(folder, BLOB), "utf8")) as Blob) };
}
