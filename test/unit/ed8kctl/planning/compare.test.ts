import assert from "node:assert/strict";
import fc from "fast-check";
import { anyJson } from "../../json.js";
import { differingPaths } from "../../../../ed8kctl/planning/compare.js";
import type { Json } from "../../../../kube/manifest.js";

describe("comparing what is planned with what is there", () => {
  const cases: readonly (readonly [what: string, planned: Json, live: Json, paths: readonly string[]])[] = [
    ["passes over what only the cluster says", { a: 1 }, { a: 1, status: {} }, []],
    ["tells a value that differs", { spec: { replicas: 2 } }, { spec: { replicas: 1 } }, ["spec.replicas"]],
    ["tells a field that is missing", { spec: { type: "ClusterIP" } }, { spec: {} }, ["spec.type"]],
    ["tells an object that is missing, once", { spec: { a: { b: 1, c: 2 } } }, { spec: {} }, ["spec.a"]],
    ["puts names with dots in brackets", { "ed8k.dev/x": "1" }, { "ed8k.dev/x": "2" }, ['["ed8k.dev/x"]']],
    ["tells items by their number", { c: [{ image: "a" }] }, { c: [{ image: "b", pull: "x" }] }, ["c[0].image"]],
    ["tells lists of other lengths as a whole", { c: [1] }, { c: [1, 2] }, ["c"]],
    ["takes empty for absent", { a: {}, b: [], c: null, d: false, e: "" }, {}, []],
    ["tells an empty list where there is one", { a: [] }, { a: [1] }, ["a"]],
    [
      "takes equal amounts for equal",
      { limits: { cpu: "1000m", memory: "1Gi" } },
      { limits: { cpu: "1", memory: "1024Mi" } },
      [],
    ],
    ["tells other amounts", { limits: { cpu: "2" } }, { limits: { cpu: "1" } }, ["limits.cpu"]],
    [
      "knows amounts from text",
      { annotations: { version: "1.0" } },
      { annotations: { version: "1" } },
      ["annotations.version"],
    ],
  ];
  for (const [what, planned, live, paths] of cases) {
    it(what, () => {
      assert.deepEqual(differingPaths(planned, live), paths);
    });
  }

  it("finds no difference between anything and itself with more in it", () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string().filter((key) => key !== "__proto__"),
          anyJson,
        ),
        (value) => {
          const planned = value as Readonly<Record<string, Json>>;
          assert.deepEqual(differingPaths(planned, { ...planned, "\0 more": 1 }), []);
        },
      ),
    );
  });
});
