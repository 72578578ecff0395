import assert from "node:assert/strict";
import type { ValueMap } from "../../../../../sandbox/providers/plugin/values.js";
import { Provided, type Resource } from "./provided.js";

const CONFIG = { apiVersion: "v1", kind: "ConfigMap" };

describe("the Kubernetes stand-in: delete", () => {
  let provided: Provided;
  beforeEach(async () => {
    provided = await Provided.start();
  });
  afterEach(() => provided.server.stop());

  const make = (metadata: ValueMap = {}): Promise<Resource> =>
    provided.create("v1 ConfigMap", { metadata: { name: "web", ...metadata } });
  const hold = (): unknown => provided.server.put({ ...CONFIG, metadata: { name: "web", finalizers: ["x/hold"] } });
  const policies = (): unknown[] =>
    provided.server.requests
      .filter(({ method }) => method === "DELETE")
      .map(({ body }) => (body as { propagationPolicy: string }).propagationPolicy);

  it("removes the object", async () => {
    await provided.delete(await make());
    assert.deepEqual(provided.objects(), []);
  });

  it("counts what is gone already as deleted, and what is gone with its kind", async () => {
    const made = await make();
    await provided.delete(made);
    await provided.delete(made);
    await provided.delete({ ...made, kind: "x.io/v1 Widget", state: {} });
  });

  it("waits until finalizers are done, and says what it waits for", async () => {
    const made = await make();
    hold();
    const deletion = provided.delete(made);
    while (!provided.server.calls().some((call) => call.startsWith("DELETE")))
      await new Promise((done) => setTimeout(done, 2));
    provided.server.put({ ...CONFIG, metadata: { name: "web", labels: { x: "y" } } });
    while (provided.told.length === 0) await new Promise((done) => setTimeout(done, 2));
    provided.server.remove({ ...CONFIG, namespace: "default", name: "web" });
    await deletion;
    assert.deepEqual(provided.told, ["status: waiting: it is held by the finalizer x/hold"]);
  });

  it("notices that the object went while its watch could not follow", async () => {
    const made = await make();
    hold();
    provided.server.fail({
      when: ({ query }) => query["watch"] === "true",
      answer: 410,
      body: { code: 410, reason: "Expired" },
    });
    const deletion = provided.delete(made);
    while (!provided.server.calls().some((call) => call.startsWith("DELETE")))
      await new Promise((done) => setTimeout(done, 1));
    provided.server.remove({ ...CONFIG, namespace: "default", name: "web" });
    await deletion;
  });

  it("says what holds the object when time is over", async () => {
    const made = await make();
    hold();
    await assert.rejects(provided.delete(made, { timeoutSeconds: 0.1 }), {
      message:
        "deletion of ConfigMap default/web is under way, but it was not gone within 0.1 s: it is held by the finalizer x/hold",
    });
  });

  it("ends the wait when the engine cancels", async () => {
    const made = await make();
    hold();
    const deletion = provided.delete(made);
    setTimeout(() => provided.provider.cancel(), 50);
    await assert.rejects(deletion, { message: /under way, but the wait was cancelled: / });
  });

  it("does not wait when it is told not to", async () => {
    const made = await make({ annotations: { "pulumi.com/skipAwait": "true" } });
    hold();
    await provided.delete(made);
    assert.equal(provided.objects().length, 1);
  });

  for (const [annotated, policy] of [
    [undefined, "Foreground"],
    ["background", "Background"],
    ["Orphan", "Orphan"],
    ["whatever", "Foreground"],
  ] as const) {
    it(`deletes what it owns: ${policy} for ${annotated ?? "no annotation"}`, async () => {
      const annotations = annotated === undefined ? {} : { "pulumi.com/deletionPropagationPolicy": annotated };
      await provided.delete(await make({ annotations }));
      assert.deepEqual(policies(), [policy]);
    });
  }

  it("deletes namespaces in the background: their controller would only look 5 s later", async () => {
    provided.server.put({
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name: "shop" },
      status: { phase: "Active" },
    });
    await provided.delete({ kind: "v1 Namespace", id: "shop", inputs: {}, state: {} });
    assert.deepEqual(policies(), ["Background"]);
  });

  describe("of a cluster that cannot be reached", () => {
    async function deleteUnreachable(settings: ValueMap): Promise<Provided> {
      const other = await Provided.start(settings);
      await other.server.stop();
      const call = { id: "default/web", kind: "v1 ConfigMap", inputs: {}, state: {} };
      await other.delete(call);
      return other;
    }

    it("is refused, with what to do", async () => {
      await assert.rejects(deleteUnreachable({}), {
        message:
          'configured Kubernetes cluster is unreachable. If the cluster was deleted, you can remove this resource from Pulumi state by rerunning the operation with the PULUMI_K8S_DELETE_UNREACHABLE environment variable set to "true"',
      });
    });

    it("is a deletion when the provider is told so", async () => {
      const { told } = await deleteUnreachable({ deleteUnreachable: true });
      assert.match(told[0] ?? "", /^warn: configured Kubernetes cluster is unreachable: /);
    });
  });
});
