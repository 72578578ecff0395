import assert from "node:assert/strict";
import { locate } from "../../../../environments/render/locate.js";
import type { RenderedObject } from "../../../../environments/render/rendered.js";
import type { Manifest } from "../../../../kube/manifest.js";
import { renderedOf, serviceOf } from "../fixtures.js";

const TEXT = `apiVersion: v1
kind: ConfigMap
metadata:
  name: one
data:
  colour: red
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: two
data:
  colour: red
  shape: round
`;
const FILE = "services/bos/templates/all.yaml";

describe("places in charts", () => {
  const rendered = renderedOf(serviceOf("bos"), TEXT);
  const [one, two] = rendered.objects;
  assert(one !== undefined && two !== undefined);

  it("are the lines of the template", () => {
    assert.equal(locate(rendered, two, ["data", "shape"]), `${FILE}:14`);
    assert.equal(locate(rendered, one, ["metadata", "name"]), `${FILE}:4`);
  });

  it("tell lines apart that read the same, by what stands before them", () => {
    assert.equal(locate(rendered, one, ["data", "colour"]), `${FILE}:6`);
    assert.equal(locate(rendered, two, ["data", "colour"]), `${FILE}:13`);
  });

  it("of what is not there are those of the nearest that is", () => {
    assert.equal(locate(rendered, one, ["data", "size"]), `${FILE}:5`);
  });

  it("of what the template does not have as it is are those of the rendered text, and say so", () => {
    const files = { [FILE]: TEXT.replace("round", "{{ .Values.shape }}") };
    assert.equal(locate({ files }, two, ["data", "shape"]), `${FILE}:17 (as rendered)`);
    assert.equal(locate({ files: {} }, two, ["data", "shape"]), `${FILE}:17 (as rendered)`);
  });

  it("are found in lists", () => {
    const text = "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: a\n    - name: b\n      image: c\n";
    const object: RenderedObject = { file: FILE, line: 3, text, manifest: {} as Manifest, unstable: [] };
    assert.equal(locate({ files: { [FILE]: text } }, object, ["spec", "containers", 1, "image"]), `${FILE}:7`);
    assert.equal(locate({ files: { [FILE]: text } }, object, ["spec", "containers", 1]), `${FILE}:6`);
  });
});
