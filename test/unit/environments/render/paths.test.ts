import assert from "node:assert/strict";
import fc from "fast-check";
import { anyJson } from "../../json.js";
import { differences, formatPath, valueAt, wholeLists, without } from "../../../../environments/render/paths.js";
import type { Json } from "../../../../kube/manifest.js";

describe("paths of values", () => {
  it("that lead through lists end at the last one, and none is below another", () => {
    const env = ["spec", "containers", 0, "env"];
    const paths = wholeLists([
      [...env, 1, "value"],
      [...env, 3, "value"],
      ["data", "a"],
      ["spec", "volumes", 2, "name"],
    ]);
    assert.deepEqual(paths.map(formatPath), ["spec.containers[0].env", "data.a", "spec.volumes"]);
    assert.deepEqual(
      wholeLists([
        ["spec", "containers", 0, "image"],
        [...env, 1, "value"],
      ]),
      [["spec", "containers"]],
    );
  });

  it("are written as Pulumi reads them", () => {
    const path = ["spec", "containers", 0, "env", 1, "value"];
    assert.equal(formatPath(path), "spec.containers[0].env[1].value");
    assert.equal(formatPath(["metadata", "annotations", "checksum/ca"]), 'metadata.annotations["checksum/ca"]');
    assert.equal(formatPath(["tls.crt"]), '["tls.crt"]');
  });

  it("lead to what differs, as deep as it goes", () => {
    const one = { a: { b: [1, { c: 2 }], same: true }, only: 1, list: [1, 2] };
    const other = { a: { b: [1, { c: 3 }], same: true }, list: [1] };
    assert.deepEqual(differences(one, other), [["a", "b", 1, "c"], ["only"], ["list"]]);
  });

  it("take values out without moving others", () => {
    assert.deepEqual(
      without({ a: [1, 2, { b: 3, c: 4 }] }, [
        ["a", 0],
        ["a", 2, "b"],
      ]),
      { a: [null, 2, { c: 4 }] },
    );
  });

  it("that differ, taken out of two values, leave the same", () => {
    const json = anyJson.map((value) => value as Json);
    fc.assert(
      fc.property(json, json, (one, other) => {
        const paths = differences({ at: one }, { at: other });
        // A key that only one of the two has is an empty place in the other.
        assert.deepEqual(strip(without({ at: one }, paths)), strip(without({ at: other }, paths)));
        for (const path of paths) {
          assert.notDeepEqual(valueAt({ at: one }, path) ?? "none", valueAt({ at: other }, path));
        }
      }),
    );
  });
});

function strip(value: Json): unknown {
  return JSON.parse(JSON.stringify(value));
}
