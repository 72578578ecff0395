import assert from "node:assert/strict";
import { join, relative } from "node:path";
import type { ImageDefinition, LayerDefinition } from "../../../../../sandbox/images/definition.js";
import { commonKey, imageKey, layerKey } from "../../../../../sandbox/images/cache/keys.js";
import { putFile } from "../../../../../sandbox/images/tree.js";
import { checkoutRoot } from "../../../../../sandbox/paths.js";
import { cleanUp, scratchFolder } from "../../scratch.js";

describe("what an image is cached by", () => {
  let folder: string;
  let layer: LayerDefinition;
  const image = (layers: readonly LayerDefinition[]): ImageDefinition => ({
    name: "thing",
    reference: "ed8k.local/thing:1",
    layers,
    config: {},
  });

  beforeEach(() => {
    folder = scratchFolder();
    putFile(folder, "src/main.py", { content: "1" });
    layer = { name: "thing", sources: [relative(checkoutRoot(), join(folder, "src"))] };
  });
  afterEach(cleanUp);

  it("stays while nothing that decides its content changes", () => {
    const before = layerKey(layer, "code");
    putFile(folder, "src/__pycache__/main.pyc", { content: "compiled" });
    putFile(folder, "src/node_modules/x/index.js", { content: "installed" });
    assert.equal(layerKey(layer, "code"), before);
    assert.match(before, /^[0-9a-f]{12}$/);
    assert.equal(commonKey(), commonKey());
  });

  for (const [what, change] of [
    ["a source's content", (): void => putFile(folder, "src/main.py", { content: "2" })],
    ["another source", (): void => putFile(folder, "src/other.py", { content: "" })],
    ["a fact", (): void => void (layer = { ...layer, facts: ["v20.1.0"] })],
    ["a package", (): void => void (layer = { ...layer, packages: { names: ["jq"], without: [], leaveOut: [] } })],
  ] as const) {
    it(`changes with ${what}, and the image's with it`, () => {
      const [ofLayer, ofImage] = [layerKey(layer, "code"), imageKey(image([layer]), "code")];
      change();
      assert.notEqual(layerKey(layer, "code"), ofLayer);
      assert.notEqual(imageKey(image([layer]), "code"), ofImage);
    });
  }

  it("changes with the definitions, but not with the parts that single layers name as sources", () => {
    for (const part of ["debian/apt.ts", "images/make.ts"]) putFile(folder, `sandbox/${part}`, { content: "1" });
    const before = commonKey(folder);
    for (const part of ["content/node.ts", "files/redis/x"])
      putFile(folder, `sandbox/images/${part}`, { content: "1" });
    assert.equal(commonKey(folder), before);
    const keys = ["1", "2"].map((content) => {
      putFile(folder, "sandbox/images/definitions/base.ts", { content });
      return commonKey(folder);
    });
    assert.equal(new Set([before, ...keys]).size, 3);
  });

  it("changes with the code that makes images, with the config and with the order of layers", () => {
    const upper = { ...layer, name: "upper" };
    const keys = [
      imageKey(image([layer, upper]), "code"),
      imageKey(image([layer, upper]), "other code"),
      imageKey(image([upper, layer]), "code"),
      imageKey({ ...image([layer, upper]), config: { User: "1" } }, "code"),
      imageKey({ ...image([layer, upper]), reference: "ed8k.local/thing:2" }, "code"),
    ];
    assert.equal(new Set(keys).size, keys.length);
  });
});
