import assert from "node:assert/strict";
import { InitializationError } from "../../../../../sandbox/providers/plugin/provider.js";
import type { ValueMap } from "../../../../../sandbox/providers/plugin/values.js";
import { plain, Provided, type Resource, urnOf } from "./provided.js";

const NAMED = { metadata: { name: "web" } };
const REF = { apiVersion: "v1", kind: "Service", name: "web" };

describe("the Kubernetes stand-in: update", () => {
  let provided: Provided;
  let old: Resource;
  beforeEach(async () => {
    provided = await Provided.start();
    old = await provided.create("v1 Service", { ...NAMED, spec: { clusterIP: "None", a: 1, b: 1 } });
  });
  afterEach(() => provided.server.stop());

  const spec = (): unknown => provided.objects()[0]?.["spec"];
  const change = (inputs: ValueMap): ValueMap => ({ ...NAMED, spec: { clusterIP: "None", ...inputs } });

  it("changes the object in place: what the program no longer names goes, what others added stays", async () => {
    provided.server.put({ ...REF, metadata: { name: "web" }, spec: { theirs: 1 } });
    const updated = await provided.update(old, change({ a: 2 }));
    assert.deepEqual(spec(), { clusterIP: "None", a: 2, theirs: 1 });
    assert.deepEqual(plain(updated.state)["__inputs"], updated.inputs);
    assert.equal(updated.state["__fieldManager"], old.state["__fieldManager"]);
  });

  it("in a preview changes nothing, and tells what would be", async () => {
    const { state } = await provided.update(old, change({ a: 2 }), { preview: true });
    assert.deepEqual(plain(state)["spec"], { clusterIP: "None", a: 2 });
    assert.deepEqual(spec(), { clusterIP: "None", a: 1, b: 1 });
  });

  it("leaves ignored fields as they are on the server, whoever set them", async () => {
    provided.server.put({ ...REF, metadata: { name: "web" }, spec: { a: 7 } });
    await provided.update(old, change({ a: 2, b: 2 }), { ignoreChanges: ["spec.a"] });
    assert.deepEqual(spec(), { clusterIP: "None", a: 7, b: 2 });
  });

  it("does not make anew what somebody deleted", async () => {
    provided.server.remove({ ...REF, namespace: "default" });
    await assert.rejects(provided.update(old, change({ a: 2 })), {
      message: `update of resource "${urnOf("v1 Service")}" failed: the object was deleted or replaced by somebody else since the last update (run \`pulumi refresh\`, then the update again)`,
    });
    assert.deepEqual(provided.objects(), []);
  });

  it("does not change another object that has the name by now", async () => {
    provided.server.remove({ ...REF, namespace: "default" });
    provided.server.put({ ...REF, metadata: { name: "web" }, spec: { theirs: 1 } });
    await assert.rejects(provided.update(old, change({ a: 2 })), { message: /deleted or replaced by somebody else/ });
    assert.deepEqual(spec(), { theirs: 1 });
  });

  describe("of fields that another manager has set since", () => {
    beforeEach(async () => {
      const manifest = { apiVersion: "v1", kind: "Service", metadata: { name: "web" }, spec: { a: 9 } };
      await provided.server.client().apply(manifest, { fieldManager: "kubectl", force: true });
    });

    it("tells the conflict", async () => {
      await assert.rejects(provided.update(old, change({ a: 2 })), {
        message:
          /failed: Server-Side Apply field conflict detected\. See https:.*\n: Apply failed with 1 conflict: conflict with "kubectl": \.spec\.a$/s,
      });
    });

    it("takes them over by the object's annotation", async () => {
      const annotations = { "pulumi.com/patchForce": "true" };
      await provided.update(old, { ...change({ a: 2 }), metadata: { name: "web", annotations } });
      assert.equal((spec() as ValueMap)["a"], 2);
    });
  });

  it("says of what does not become ready that it was changed, and keeps it", async () => {
    const made = provided.create("apps/v1 StatefulSet", { ...NAMED, spec: { replicas: 0 } });
    const live = { apiVersion: "apps/v1", kind: "StatefulSet", metadata: { name: "web" } };
    while (provided.objects().length < 2) await new Promise((done) => setTimeout(done, 2));
    provided.server.put({ ...live, status: { observedGeneration: 1 } });
    const call = provided.update(await made, { ...NAMED, spec: { replicas: 1 } }, { timeoutSeconds: 0.1 });
    await assert.rejects(call, (error: unknown) => {
      assert.ok(error instanceof InitializationError);
      assert.equal(
        error.message,
        'the Kubernetes API server reported that "default/web" failed to fully initialize or become live: it was not ready within 0.1 s: its controller has not seen it yet',
      );
      assert.deepEqual(plain(error.state)["spec"], { replicas: 1 });
      return true;
    });
  });
});
