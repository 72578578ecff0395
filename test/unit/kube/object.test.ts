import assert from "node:assert/strict";
import { asList, asText, at, describeRef, isJsonObject, refOf } from "../../../kube/object.js";

describe("objects of the API", () => {
  const web = {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web", namespace: "shop" },
    spec: { a: null },
  };

  it("are called by kind, namespace and name", () => {
    assert.deepEqual(refOf(web), { apiVersion: "apps/v1", kind: "Deployment", namespace: "shop", name: "web" });
    assert.equal(describeRef(refOf(web)), "Deployment shop/web");
    const shop = { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } };
    assert.deepEqual(refOf(shop), { apiVersion: "v1", kind: "Namespace", name: "shop" });
    assert.equal(describeRef(refOf(shop)), "Namespace shop");
  });

  it("give nothing where a step of a path is missing or leads into no object", () => {
    assert.equal(at(web, "metadata", "name"), "web");
    assert.equal(at(web, "spec", "a"), null);
    assert.equal(at(web, "spec", "a", "b"), undefined);
    assert.equal(at(web, "metadata", "name", "length"), undefined);
  });

  it("are narrowed from data of any shape", () => {
    assert.deepEqual([{}, [], null, "x"].map(isJsonObject), [true, false, false, false]);
    assert.deepEqual(["x", 1, undefined].map(asText), ["x", "", ""]);
    assert.deepEqual(asList({}), []);
    assert.deepEqual(asList([1]), [1]);
  });
});
