import { mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { makeOnce, type Work } from "../tools/cache.js";
import { type Layer, writeArchive } from "./oci/archive.js";
import { ARCHIVE, type CachedImage, DIGEST } from "./cache/cached-image.js";
import { type CachedLayer, cachedLayer, isMade, LAYERS, makeLayer } from "./cache/cached-layer.js";
import { fetchPackages } from "./fetch-packages.js";
import { inParallel } from "./in-parallel.js";

export interface Making {
  readonly missing: readonly CachedImage[];
  /** Where images lie, and layers and packages while they are made. */
  readonly folder: string;
  /** What holds for the keys of all layers. */
  readonly common: string;
}

/**
 * Makes images: first everything is downloaded, then layers and archives are made side by side. Downloaded packages
 * are removed at the end.
 * @throws UserError when sources cannot be reached or the disk is full
 */
export async function makeImages({ missing, folder, common }: Making, work: Work): Promise<void> {
  const layersFolder = join(folder, LAYERS);
  const packagesFolder = join(folder, "packages");
  const layers = new Map<string, CachedLayer>();
  for (const layer of missing.flatMap(({ definition }) => definition.layers)) {
    layers.set(layer.name, cachedLayer(layer, { folder: layersFolder, common }));
  }
  const absent = [...layers.values()].filter((layer) => !isMade(layer));
  const packages = await fetchPackages(
    absent.map(({ definition }) => definition),
    packagesFolder,
    work,
  );
  const made = new Map<string, Promise<Layer>>();
  const layerOf = (name: string, during: Work): Promise<Layer> => {
    const layer = layers.get(name);
    if (layer === undefined) throw new Error(`no layer ${name}`);
    const making = made.get(name) ?? makeLayer(layer, packages.get(name) ?? [], during);
    made.set(name, making);
    return making;
  };
  await inParallel(missing, { ...work, atOnce: availableParallelism() }, async (image, signal) => {
    const during = { ...work, signal };
    await makeImage(image, (name) => layerOf(name, during), during);
  });
  rmSync(packagesFolder, { recursive: true, force: true });
}

async function makeImage(
  { definition, folder }: CachedImage,
  layerOf: (name: string) => Promise<Layer>,
  work: Work,
): Promise<void> {
  const { name, reference, config } = definition;
  const begun = Date.now();
  const make = async (parts: string): Promise<void> => {
    const layers: Layer[] = [];
    for (const layer of definition.layers) layers.push(await layerOf(layer.name));
    const scratch = join(parts, "layout");
    mkdirSync(scratch);
    const options = { scratch, signal: work.signal };
    const digest = await writeArchive({ reference, config, layers }, join(parts, ARCHIVE), options);
    writeFileSync(join(parts, DIGEST), digest);
  };
  await makeOnce({ folder, files: [ARCHIVE, DIGEST], doing: `making the image ${name}`, make }, work);
  const mebibytes = Math.ceil(statSync(join(folder, ARCHIVE)).size / 1024 ** 2);
  work.report(`image ${name}: made in ${((Date.now() - begun) / 1000).toFixed(1)} s (${mebibytes} MiB)`);
}
