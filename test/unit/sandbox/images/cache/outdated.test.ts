import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { ImageDefinition } from "../../../../../sandbox/images/definition.js";
import { imageKey, layerKey } from "../../../../../sandbox/images/cache/keys.js";
import { removeOutdated } from "../../../../../sandbox/images/cache/outdated.js";
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

  it("loses what was made from something else, and layers that no edited image needs", () => {
    const folder = scratchFolder();
    const images = [SERVICE, STORE].map((definition) => ({
      definition,
      folder: join(folder, `${definition.name}-${imageKey(definition, COMMON)}`),
    }));
    const layers = [SERVICE, STORE].flatMap((image) =>
      image.layers.map((one) => `${one.name}-${layerKey(one, COMMON)}`),
    );
    for (const image of images) putFile(image.folder, "image.tar", { content: "" });
    for (const layer of layers) putFolder(folder, `layers/${layer}`);
    for (const old of [`service-${OLD}`, `store-${OLD}`, `layers/service-files-${OLD}`]) putFolder(folder, old);
    for (const other of [`another-${OLD}`, "packages"]) putFolder(folder, other);
    removeOutdated(images, { folder, common: COMMON });
    assert.deepEqual(
      readdirSync(folder),
      [...images.map((image) => image.folder.slice(folder.length + 1)), `another-${OLD}`, "layers", "packages"].sort(),
    );
    assert.deepEqual(
      readdirSync(join(folder, "layers")),
      SERVICE.layers.map((layer) => `${layer.name}-${layerKey(layer, COMMON)}`).sort(),
    );
  });
});
