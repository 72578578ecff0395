import assert from "node:assert/strict";
import fc from "fast-check";
import { anyJson } from "../../../json.js";
import { findChanges, formatPath, parsePath } from "../../../../../sandbox/providers/plugin/changes.js";
import { Secret, Unknown, type Value } from "../../../../../sandbox/providers/plugin/values.js";

const changed = (before: Value | undefined, after: Value | undefined): string[] =>
  findChanges(before, after).map(({ path, kind }) => `${kind} ${formatPath(path)}`);

describe("changes between two values", () => {
  for (const [what, before, after, changes] of [
    ["nothing", { a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }, []],
    ["a field", { a: 1, b: 1 }, { a: 2, b: 1 }, ["update a"]],
    ["fields that come and go, whole", { a: { b: 1 } }, { c: { d: 1 } }, ["delete a", "add c"]],
    ["items of a list", [1, 2, 3], [1, 5], ["update [1]", "delete [2]"]],
    ["another type", { a: [1] }, { a: { b: 1 } }, ["update a"]],
    ["a value that became secret: none", { a: "x" }, { a: new Secret("x") }, []],
    ["a secret's content", { a: new Secret({ b: 1 }) }, { a: new Secret({ b: 2 }) }, ["update a.b"]],
    ["what is not known yet", { a: 1 }, { a: Unknown.value }, ["update a"]],
    ["what was and is not known", { a: Unknown.value }, { a: Unknown.value }, ["update a"]],
  ] as const) {
    it(`find ${what}`, () => {
      assert.deepEqual(changed(before, after), changes);
    });
  }

  it("leave out what the caller calls the same", () => {
    const isSame = (path: readonly unknown[]): boolean => path.at(-1) === "cpu";
    assert.deepEqual(findChanges({ cpu: 1, x: 1 }, { cpu: "1", x: "1" }, isSame), [{ path: ["x"], kind: "update" }]);
  });

  it("are none between equals, and some between what differs", () => {
    const json = anyJson.map((value) => value as Value);
    fc.assert(
      fc.property(json, json, (one, other) => {
        assert.deepEqual(findChanges(one, one), []);
        assert.equal(findChanges(one, other).length === 0, canonical(one) === canonical(other));
      }),
    );
  });
});

describe("property paths", () => {
  for (const [path, text] of [
    [["spec", "ports", 0, "name"], "spec.ports[0].name"],
    [["metadata", "labels", "app.kubernetes.io/name"], 'metadata.labels["app.kubernetes.io/name"]'],
    [["data", 'a"b'], 'data["a\\"b"]'],
    [["data", "a[0]"], 'data["a[0]"]'],
    [[], ""],
  ] as const) {
    it(`are written and read: ${text || "the whole"}`, () => {
      assert.equal(formatPath(path), text);
      assert.deepEqual(parsePath(text), path);
    });
  }

  it("know a star for any step", () => {
    assert.deepEqual(parsePath("spec.containers[*].image"), ["spec", "containers", "*", "image"]);
  });

  it("come back the same, whatever letters are in them", () => {
    const step = fc.oneof(fc.nat(99), fc.stringMatching(/^[a-z0-9./_"[\]-]{1,8}$/));
    const path = fc.tuple(fc.stringMatching(/^[a-z]{1,5}$/), fc.array(step)).map(([first, rest]) => [first, ...rest]);
    fc.assert(
      fc.property(path, (steps) => {
        assert.deepEqual(parsePath(formatPath(steps)), steps);
      }),
    );
  });
});

/** Equal texts for equal values, whatever the order of their fields. */
function canonical(value: Value | undefined): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value as Record<string, Value>).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, item]) => `${JSON.stringify(name)}:${canonical(item)}`).join()}}`;
}
