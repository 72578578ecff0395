import assert from "node:assert/strict";
import { hasSecret, Secret, Unknown, type ValueMap } from "../../../../../sandbox/providers/plugin/values.js";
import { plain, Provided } from "./provided.js";

const AUTONAMED = { "pulumi.com/autonamed": "true" };

describe("the Kubernetes stand-in: check", () => {
  let provided: Provided;
  beforeEach(async () => {
    provided = await Provided.start();
  });
  afterEach(() => provided.server.stop());

  async function metadataOf(kind: string, inputs: ValueMap, old?: ValueMap): Promise<unknown> {
    return (await provided.check(kind, inputs, old)).inputs["metadata"];
  }

  describe("names", () => {
    it("an object without a name after its resource, with eight digits, the same for the same seed", async () => {
      const metadata = await metadataOf("v1 ConfigMap", {});
      assert.deepEqual(metadata, { name: "web-039058c6", namespace: "default", annotations: AUTONAMED });
      assert.deepEqual(await metadataOf("v1 ConfigMap", {}), metadata);
    });

    it("keeps such a name, and the program's own annotations", async () => {
      const old = { metadata: { name: "web-old", annotations: AUTONAMED } };
      assert.deepEqual(await metadataOf("v1 ConfigMap", { metadata: { annotations: { a: "b" } } }, old), {
        name: "web-old",
        namespace: "default",
        annotations: { a: "b", ...AUTONAMED },
      });
    });

    it("anew when the old name was the program's", async () => {
      const old = { metadata: { name: "chosen" } };
      assert.deepEqual(await metadataOf("v1 ConfigMap", {}, old), {
        name: "web-039058c6",
        namespace: "default",
        annotations: AUTONAMED,
      });
    });

    for (const [what, metadata] of [
      ["a name", { name: "mine" }],
      ["generateName", { generateName: "mine-" }],
      ["a name that is not known yet", { name: Unknown.value }],
    ] as const) {
      it(`nothing that has ${what}`, async () => {
        const { inputs } = await provided.check("v1 Namespace", { metadata });
        assert.deepEqual(inputs["metadata"], metadata);
      });
    }
  });

  describe("namespaces", () => {
    it("are the context's, unless the program or the provider says otherwise", async () => {
      assert.deepEqual(await metadataOf("v1 Pod", { metadata: { name: "a" } }), { name: "a", namespace: "default" });
      const chosen = { name: "a", namespace: "shop" };
      assert.deepEqual(await metadataOf("v1 Pod", { metadata: chosen }), chosen);
      const other = await Provided.start({ namespace: "team" });
      const { inputs } = await other.check("v1 Pod", { metadata: { name: "a" } });
      assert.deepEqual(inputs["metadata"], { name: "a", namespace: "team" });
      await other.server.stop();
    });

    it("are none for kinds that have none, and some for kinds that nobody knows yet", async () => {
      assert.deepEqual(await metadataOf("v1 Namespace", { metadata: { name: "a" } }), { name: "a" });
      assert.deepEqual(await metadataOf("storage.k8s.io/v1 StorageClass", { metadata: { name: "a" } }), { name: "a" });
      assert.deepEqual(await metadataOf("x.io/v1 Widget", { metadata: { name: "a" } }), {
        name: "a",
        namespace: "default",
      });
    });
  });

  it("completes apiVersion and kind, and refuses others than the type's", async () => {
    const { inputs, failures } = await provided.check("apps/v1 Deployment", {});
    assert.deepEqual([inputs["apiVersion"], inputs["kind"], failures], ["apps/v1", "Deployment", []]);
    const wrong = await provided.check("apps/v1 Deployment", { apiVersion: "v1", kind: "Pod" });
    assert.deepEqual(wrong.failures, [
      { property: "apiVersion", reason: 'is "v1", but the type kubernetes:apps/v1:Deployment has "apps/v1"' },
      { property: "kind", reason: 'is "Pod", but the type kubernetes:apps/v1:Deployment has "Deployment"' },
    ]);
  });

  it("leaves out nulls, status, and what only the server writes", async () => {
    const { inputs } = await provided.check("v1 ConfigMap", {
      metadata: { name: "a", uid: "u", resourceVersion: "1", managedFields: [], labels: null },
      data: { k: "v", l: null },
      status: { x: 1 },
    });
    assert.deepEqual(inputs, {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "a", namespace: "default" },
      data: { k: "v" },
    });
  });

  it("hides the content of Secrets, even when the program does not", async () => {
    const { inputs } = await provided.check("v1 Secret", {
      metadata: { name: "a" },
      stringData: { k: "v" },
      data: { l: new Secret("dg==") },
    });
    assert.deepEqual([hasSecret(inputs["stringData"]), hasSecret(inputs["data"])], [true, true]);
    assert.deepEqual(plain(inputs)["stringData"], { k: "v" });
  });

  it("keeps other secrets secret", async () => {
    const { inputs } = await provided.check("v1 ConfigMap", { data: { k: new Secret("v") } });
    assert.deepEqual(inputs["data"], { k: new Secret("v") });
  });

  for (const [type, message] of [
    [
      "helm.sh/v3 Release",
      "kubernetes:helm.sh/v3:Release is not supported by the sandbox's Kubernetes provider; install the published plugin for it",
    ],
    [
      "apps/v1 DeploymentPatch",
      "kubernetes:apps/v1:DeploymentPatch is not supported by the sandbox's Kubernetes provider; install the published plugin for it",
    ],
  ] as const) {
    it(`refuses ${type}, which it does not have`, async () => {
      await assert.rejects(async () => provided.check(type, {}), { message });
    });
  }

  it("takes custom kinds whose name ends as those do", async () => {
    const { inputs } = await provided.check("example.com/v1 AllowList", { metadata: { name: "a" } });
    assert.equal(inputs["kind"], "AllowList");
  });
});
