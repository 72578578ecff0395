import assert from "node:assert/strict";
import { bent, notesOf } from "../fixtures.js";

const hook = (hooks: string, weight = "3"): string => `apiVersion: v1
kind: ConfigMap
metadata:
  name: x
  annotations: { helm.sh/hook: "${hooks}", helm.sh/hook-weight: "${weight}", helm.sh/hook-delete-policy: hook-failed }
`;

describe("hooks of charts", () => {
  const phases: readonly [string, string][] = [
    ["pre-install", "before"],
    ["pre-install,pre-upgrade", "before"],
    ["pre-upgrade", "before"],
    ["post-install", "after"],
    ["post-upgrade", "after"],
    ["post-install, pre-upgrade", "after"],
    ["pre-install,post-upgrade", "before"],
  ];
  for (const [hooks, phase] of phases) {
    it(`${hooks} is an object that comes ${phase} the rest`, () => {
      const [object] = bent(hook(hooks)).objects;
      assert.equal(object?.phase, phase);
      assert.equal(object.weight, 3);
      assert.equal(object.manifest.metadata.annotations, undefined);
      const told = hooks.split(/, ?/).join(", ");
      assert.deepEqual(notesOf(hook(hooks)), [
        `hook: ConfigMap "x" is a hook (${told}): it is made ${phase} the rest of the chart and stays`,
      ]);
    });
  }

  for (const hooks of ["test", "test-success", "pre-delete", "post-delete", "pre-rollback,post-rollback"]) {
    it(`${hooks} is left out`, () => {
      assert.deepEqual(bent(hook(hooks)).objects, []);
      assert.deepEqual(notesOf(hook(hooks)), [
        `hook: ConfigMap "x" is left out: it is a hook (${hooks.split(",").join(", ")})`,
      ]);
    });
  }

  it("without a number for a weight have none", () => {
    assert.equal(bent(hook("pre-install", "first")).objects[0]?.weight, 0);
  });
});
