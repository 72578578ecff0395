import assert from "node:assert/strict";
import { existsSync, readdirSync, utimesSync } from "node:fs";
import { join } from "node:path";
import type { ImageDefinition } from "../../../../../sandbox/images/definition.js";
import { imageKey, layerKey } from "../../../../../sandbox/images/cache/keys.js";
import { markImagesUsed, removeOutdated } from "../../../../../sandbox/images/cache/outdated.js";
import { putFile, putFolder } from "../../../../../sandbox/images/tree.js";
import { cleanUp, scratchFolder } from "../../scratch.js";

const COMMON = "common";
const OLD = "0123456789ab";
const BASE = { name: "base", sources: [] };
const SERVICE: ImageDefinition = {
  name: "service",
  reference: "ghcr.io/acme/service:1",
  layers: [BASE, { name: "service-files", sources: [] }],
  config: {},
  isEdited: true,
};
const STORE: ImageDefinition = {
  name: "store",
  reference: "ed8k.local/store:1",
  layers: [BASE, { name: "store", sources: [] }],
  config: {},
};

describe("the cache of images", () => {
  afterEach(cleanUp);

  it("loses what images were made from, but not what edited ones need, nor what is another checkout's", () => {
    const folder = scratchFolder();
    const images = [SERVICE, STORE].map((definition) => ({
      definition,
      folder: join(folder, `${definition.name}-${imageKey(definition, COMMON)}`),
    }));
    const layers = [SERVICE, STORE].flatMap((image) =>
      image.layers.map((one) => `${one.name}-${layerKey(one, COMMON)}`),
    );
    const built = images.map((image) => image.folder.slice(folder.length + 1));
    for (const image of built) putFile(folder, `${image}/image.tar`, { content: "" });
    for (const layer of layers) putFolder(folder, `layers/${layer}`);
    const others = [`service-${OLD}`, `layers/service-files-${OLD}`];
    for (const other of [...others, "packages"]) putFolder(folder, other);
    const removeAfter = (days: number): void => {
      const then = Date.now() / 1000 - days * 86_400;
      for (const path of [...others, ...built, ...layers.map((layer) => `layers/${layer}`)]) {
        if (existsSync(join(folder, path))) utimesSync(join(folder, path), then, then);
      }
      markImagesUsed(images, { folder, common: COMMON });
      removeOutdated(images, { folder, common: COMMON });
    };
    const kept = SERVICE.layers.map((layer) => `${layer.name}-${layerKey(layer, COMMON)}`);
    removeAfter(13);
    assert.deepEqual(readdirSync(folder), [...built, `service-${OLD}`, "layers", "packages"].sort());
    assert.deepEqual(readdirSync(join(folder, "layers")), [...kept, `service-files-${OLD}`].sort());
    removeAfter(15);
    assert.deepEqual(readdirSync(folder), [...built, "layers", "packages"].sort());
    assert.deepEqual(readdirSync(join(folder, "layers")), kept.toSorted());
  });
});
