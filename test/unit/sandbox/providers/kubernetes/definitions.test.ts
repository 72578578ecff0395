import assert from "node:assert/strict";
import { Unknown } from "../../../../../sandbox/providers/plugin/values.js";
import type { JsonObject } from "../../../../../kube/manifest.js";
import { kind } from "../../../kube/fake/kinds.js";
import { plain, Provided } from "./provided.js";

const DEFINITION = "apiextensions.k8s.io/v1 CustomResourceDefinition";
const LIVE = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "pools.x.io" },
};
const POOL = { metadata: { name: "builds" }, spec: { nodes: 1 } };

function definition(schema: JsonObject = {}): { metadata: { name: string }; spec: JsonObject } {
  const versions = [
    { name: "v1beta1", served: false, storage: false },
    { name: "v1", served: true, storage: true, schema: { openAPIV3Schema: schema } },
  ];
  return {
    metadata: { name: "pools.x.io" },
    spec: { group: "x.io", scope: "Cluster", names: { kind: "Pool", plural: "pools" }, versions },
  };
}

describe("the Kubernetes stand-in: definitions of kinds", () => {
  let provided: Provided;
  beforeEach(async () => {
    provided = await Provided.start();
    provided.server.kinds.push(kind(DEFINITION, "customresourcedefinitions", false));
  });
  afterEach(() => provided.server.stop());

  async function establish(): Promise<void> {
    while (provided.objects().length === 0) await new Promise((done) => setTimeout(done, 2));
    const conditions = [{ type: "Established", status: "True" }];
    provided.server.put({ ...LIVE, status: { conditions } });
  }

  it("are waited for until the API server serves their kind, so that objects of it find their scope", async () => {
    const made = provided.create(DEFINITION, definition());
    await establish();
    setTimeout(() => provided.server.kinds.push(kind("x.io/v1 Pool", "pools", false)), 150);
    await made;
    const { id } = await provided.create("x.io/v1 Pool", POOL);
    assert.equal(id, "builds");
    assert.deepEqual(provided.objects().at(-1), { apiVersion: "x.io/v1", kind: "Pool", ...POOL });
  });

  it("fail when the API server does not serve their kind in time", async () => {
    const made = provided.create(DEFINITION, definition(), { timeoutSeconds: 0.3 });
    await establish();
    await assert.rejects(made, { name: "InitializationError", message: /it was not ready within 0\.3 s/ });
  });

  it("allow objects of their kind in the preview of the program that brings both", async () => {
    const { id, state, inputs } = await provided.create("x.io/v1 Pool", POOL, { preview: true });
    assert.deepEqual([id, state], ["", inputs]);
  });

  it("show no drift after a refresh, however the program spells x-kubernetes-…", async () => {
    const schema = {
      type: "object",
      "x-kubernetes-preserve-unknown-fields": true,
      properties: { a: { type: "string" } },
    };
    provided.server.kinds.push(kind("x.io/v1 Pool", "pools", false));
    const creating = provided.create(DEFINITION, definition(schema));
    await establish();
    const made = await creating;
    const [sent] = provided.objects();
    const { versions } = (sent?.["spec"] ?? {}) as { versions: { schema?: { openAPIV3Schema: JsonObject } }[] };
    assert.deepEqual(versions[1]?.schema?.openAPIV3Schema, schema);
    const refreshed = await provided.refresh(made);
    assert.deepEqual(plain(refreshed.inputs), plain(made.inputs));
    assert.deepEqual(await provided.changes(refreshed, definition(schema)), []);
    const underscored = { ...schema, x_kubernetes_preserve_unknown_fields: true };
    Reflect.deleteProperty(underscored, "x-kubernetes-preserve-unknown-fields");
    assert.deepEqual(await provided.changes(refreshed, definition(underscored)), []);
  });

  it("can be previewed before there is a cluster", async () => {
    const unknown = await Provided.start({ kubeconfig: Unknown.value });
    const { state, inputs } = await unknown.create(DEFINITION, definition(), { preview: true });
    assert.deepEqual([state, inputs["metadata"]], [inputs, { name: "pools.x.io" }]);
    await unknown.server.stop();
  });
});

describe("the Kubernetes stand-in: what it did not make", () => {
  it("is read by its name alone, with all that the cluster says of it", async () => {
    const provided = await Provided.start();
    const live = { apiVersion: "v1", kind: "Namespace", metadata: { name: "kube-system" } };
    provided.server.put(live);
    const read = await provided.read({ kind: "v1 Namespace", id: "kube-system", inputs: {}, state: {} });
    assert.equal(read?.id, "kube-system");
    const { metadata, ...state } = plain(read?.state ?? {});
    assert.deepEqual([state["kind"], (metadata as { uid?: unknown }).uid], ["Namespace", "uid-1"]);
    await provided.server.stop();
  });
});
