import assert from "node:assert/strict";
import { bent, bentObject, notesOf } from "../fixtures.js";

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
    ["pre-upgrade", "after"],
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

  const job = (hooks: string, command: string): string =>
    `apiVersion: batch/v1\nkind: Job\nmetadata: { name: seed, annotations: { helm.sh/hook: "${hooks}" } }\nspec: { template: { spec: { containers: [{ name: a, command: [${command}] }] } } }\n`;
  for (const [hooks, phase] of [
    ["pre-install", "before"],
    ["post-install", "after"],
  ] as const) {
    it(`of ${hooks} alone run once: a Job keeps its name when what it does changes, which is told`, () => {
      const names = ["first", "second"].map((command) => bentObject(job(hooks, command)).metadata.name);
      assert.deepEqual(names, ["seed", "seed"]);
      assert.deepEqual(notesOf(job(hooks, "first")), [
        `hook: Job "seed" is a hook (${hooks}): it is made ${phase} the rest of the chart and runs once: changes of the chart do not run it again`,
      ]);
    });
  }

  for (const hooks of ["pre-install,pre-upgrade", "post-install,post-upgrade", "post-install,pre-upgrade"]) {
    it(`${hooks} runs again when what it does changes`, () => {
      const names = ["first", "second"].map((command) => bentObject(job(hooks, command)).metadata.name);
      assert.equal(new Set(names).size, 2);
    });
  }

  it("whose annotation is null are none", () => {
    const text = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x, annotations: { helm.sh/hook: null } }\n";
    assert.deepEqual(notesOf(text), []);
  });

  it("without a number for a weight have none", () => {
    assert.equal(bent(hook("pre-install", "first")).objects[0]?.weight, 0);
  });
});
