import assert from "node:assert/strict";
import { asText } from "../../../../../kube/object.js";
import { InitializationError } from "../../../../../sandbox/providers/plugin/provider.js";
import { Secret, Unknown } from "../../../../../sandbox/providers/plugin/values.js";
import { kind } from "../../../kube/fake/kinds.js";
import { plain, Provided, urnOf } from "./provided.js";

const CONFIG = { metadata: { name: "web" }, data: { a: "1" } };
const LIVE = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "web", namespace: "default" }, data: { a: "1" } };

describe("the Kubernetes stand-in: create", () => {
  let provided: Provided;
  beforeEach(async () => {
    provided = await Provided.start();
  });
  afterEach(() => provided.server.stop());

  it("makes the object, and keeps it as the published provider does", async () => {
    const { id, state, inputs } = await provided.create("v1 ConfigMap", CONFIG);
    assert.equal(id, "default/web");
    assert.deepEqual(provided.objects(), [LIVE]);
    const { metadata, __fieldManager: manager, ...rest } = state;
    assert.deepEqual(rest, {
      apiVersion: "v1",
      kind: "ConfigMap",
      data: { a: "1" },
      __inputs: inputs,
      __initialApiVersion: "v1",
    });
    assert.match(asText(manager), /^pulumi-kubernetes-[0-9a-f]{8}$/);
    assert.equal(provided.server.requests.at(-1)?.query["fieldManager"], manager);
    assert.equal((metadata as { uid: string }).uid, "uid-1");
  });

  it("calls an object without a namespace by its name alone", async () => {
    const made = provided.create("v1 Namespace", { metadata: { name: "shop" } });
    while (provided.objects().length === 0) await new Promise((done) => setTimeout(done, 2));
    provided.server.put({
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name: "shop" },
      status: { phase: "Active" },
    });
    assert.equal((await made).id, "shop");
  });

  it("sends secrets in the clear to the server only: the state hides them", async () => {
    const { state } = await provided.create("v1 Secret", {
      metadata: { name: "web" },
      stringData: { k: new Secret("v") },
    });
    assert.deepEqual(provided.objects()[0]?.["stringData"], { k: "v" });
    assert.ok(state["stringData"] instanceof Secret);
  });

  it("takes over nothing that somebody else has made", async () => {
    provided.server.put({ ...LIVE, data: { theirs: "1" } });
    await assert.rejects(provided.create("v1 ConfigMap", CONFIG), {
      message: `resource "${urnOf("v1 ConfigMap")}" was not successfully created by the Kubernetes API server: configmaps "web" already exists`,
    });
    assert.deepEqual(provided.objects()[0]?.["data"], { theirs: "1" });
  });

  it("names the group of what already exists, as the API server does", async () => {
    provided.server.put({ apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "web" } });
    await assert.rejects(provided.create("apps/v1 Deployment", { metadata: { name: "web" } }), {
      message: /: deployments\.apps "web" already exists$/,
    });
  });

  it("takes over what is there when the provider is told to", async () => {
    const upsert = await Provided.start({ upsertExistingObjects: true });
    upsert.server.put({ ...LIVE, data: { theirs: "1" } });
    await upsert.create("v1 ConfigMap", CONFIG);
    assert.deepEqual(upsert.objects()[0]?.["data"], { theirs: "1", a: "1" });
    await upsert.server.stop();
  });

  it("lets the server choose a name that it generates", async () => {
    const { id } = await provided.create("v1 ConfigMap", { metadata: { generateName: "web-" } });
    assert.equal(id, "default/web-1");
    assert.deepEqual(provided.server.calls(), ["POST /api/v1/namespaces/default/configmaps"]);
  });

  it("waits for a namespace or a kind that is a moment late", async () => {
    const late = provided.create("x.io/v1 Widget", { metadata: { name: "web" } });
    setTimeout(() => provided.server.kinds.push(kind("x.io/v1 Widget", "widgets")), 150);
    assert.equal((await late).id, "default/web");
    assert.match(provided.told[0] ?? "", /^status: Retry #0; creation failed: no matches for kind "Widget"/);
  });

  it("waits for a quota controller that has not caught up", async () => {
    const body = { reason: "Conflict", message: "the object has been modified", details: { kind: "resourcequotas" } };
    provided.server.fail({ when: ({ method }) => method === "PATCH", answer: 409, body });
    assert.equal((await provided.create("v1 ConfigMap", CONFIG)).id, "default/web");
  });

  it("tells a refusal in the published provider's words, and repeats it not", async () => {
    const body = { reason: "Forbidden", message: "pods is forbidden: exceeded quota: q" };
    provided.server.fail({ when: ({ method }) => method === "PATCH", answer: 403, body });
    await assert.rejects(provided.create("v1 ConfigMap", CONFIG), {
      message: `resource "${urnOf("v1 ConfigMap")}" was not successfully created by the Kubernetes API server: pods is forbidden: exceeded quota: q`,
    });
    assert.equal(provided.server.calls().filter((call) => call.startsWith("PATCH")).length, 1);
  });

  it("keeps secret values out of a refusal, in the clear and in base64", async () => {
    const message = `invalid value "hunter2" (${Buffer.from("hunter2").toString("base64")})`;
    provided.server.fail({ when: ({ method }) => method === "PATCH", answer: 422, body: { message } });
    const call = provided.create("v1 Secret", { metadata: { name: "web" }, stringData: { k: "hunter2" } });
    await assert.rejects(call, { message: /: invalid value "\[secret\]" \(\[secret\]\)$/ });
  });

  describe("in a preview", () => {
    it("asks the server, and nothing is made", async () => {
      const { id, state } = await provided.create("v1 ConfigMap", CONFIG, { preview: true });
      assert.equal(id, "");
      assert.deepEqual(plain(state)["data"], { a: "1" });
      assert.deepEqual(provided.objects(), []);
      assert.deepEqual(provided.server.calls(), ["PATCH /api/v1/namespaces/default/configmaps/web"]);
      assert.equal(provided.server.requests.at(-1)?.query["dryRun"], "All");
    });

    it("tells what the server refuses", async () => {
      provided.server.fail({
        when: ({ method }) => method === "PATCH",
        answer: 422,
        body: { message: "spec.x: unknown" },
      });
      await assert.rejects(provided.create("v1 ConfigMap", CONFIG, { preview: true }), {
        message: /: spec\.x: unknown$/,
      });
    });

    for (const [what, answer, message] of [
      ["the namespace is yet to be made", 404, 'namespaces "x" not found'],
      ["asking is not allowed", 403, "forbidden"],
      ["the old one must go first", 422, "spec.x: Invalid value: field is immutable"],
    ] as const) {
      it(`tells nothing when ${what}`, async () => {
        provided.server.fail({ when: ({ method }) => method === "PATCH", answer, body: { message } });
        const { inputs, state } = await provided.create("v1 ConfigMap", CONFIG, { preview: true });
        assert.deepEqual(state, inputs);
      });
    }

    it("asks nothing when something is not known yet", async () => {
      await provided.create("v1 ConfigMap", { ...CONFIG, data: { a: Unknown.value } }, { preview: true });
      assert.deepEqual(provided.server.calls(), []);
    });

    it("only warns when the cluster cannot be reached", async () => {
      const { inputs } = await provided.check("v1 ConfigMap", CONFIG);
      await provided.server.stop();
      const urn = urnOf("v1 ConfigMap");
      const call = { urn, type: "kubernetes:core/v1:ConfigMap", name: "web", inputs, preview: true, timeoutSeconds: 5 };
      assert.deepEqual((await provided.provider.create(call)).state, inputs);
      assert.match(provided.told[0] ?? "", /^warn: configured Kubernetes cluster is unreachable: .*connection refused/);
      provided = await Provided.start();
    });

    it("needs no cluster: its kubeconfig may not be known yet", async () => {
      const unknown = await Provided.start({ kubeconfig: Unknown.value });
      const { id, state, inputs } = await unknown.create("v1 ConfigMap", CONFIG, { preview: true });
      assert.deepEqual([id, state], ["", inputs]);
      await unknown.server.stop();
    });
  });

  describe("waits until the object is ready", () => {
    const DEPLOYMENT = { metadata: { name: "web" }, spec: { replicas: 1, selector: { matchLabels: { app: "web" } } } };
    const live = { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "web" } };

    async function whenMade(then: () => void): Promise<void> {
      while (provided.objects().length === 0) await new Promise((done) => setTimeout(done, 2));
      then();
    }

    it("and keeps it as it is then", async () => {
      const made = provided.create("apps/v1 Deployment", DEPLOYMENT);
      const status = { observedGeneration: 1, replicas: 1, updatedReplicas: 1, availableReplicas: 1 };
      await whenMade(() => provided.server.put({ ...live, status }));
      assert.deepEqual((await made).state["status"], status);
      assert.deepEqual(provided.told, ["status: waiting: its controller has not seen it yet", "status: "]);
    });

    it("unless it is told not to", async () => {
      const annotations = { "pulumi.com/skipAwait": "true" };
      await provided.create("apps/v1 Deployment", { ...DEPLOYMENT, metadata: { name: "web", annotations } });
      assert.deepEqual(provided.told, []);
    });

    it("and says why it is not, with its pods, keeping what was made", async () => {
      const containerStatuses = [
        { name: "web", state: { waiting: { reason: "ImagePullBackOff", message: 'Back-off pulling "nope"' } } },
      ];
      provided.server.put({
        apiVersion: "v1",
        kind: "Pod",
        metadata: { name: "web-1", labels: { app: "web" } },
        status: { phase: "Pending", containerStatuses },
      });
      const call = provided.create("apps/v1 Deployment", DEPLOYMENT, { timeoutSeconds: 0.2 });
      await assert.rejects(call, (error: unknown) => {
        assert.ok(error instanceof InitializationError);
        assert.equal(
          error.message,
          `resource "${urnOf("apps/v1 Deployment")}" was successfully created, but the Kubernetes API server reported that it failed to fully initialize or become live: it was not ready within 0.2 s: its controller has not seen it yet
  - pod web-1: container "web": [ImagePullBackOff] Back-off pulling "nope"`,
        );
        assert.equal(error.id, "default/web");
        assert.equal(plain(error.state)["kind"], "Deployment");
        return true;
      });
    });

    it("and ends the wait when the engine cancels, keeping what was made", async () => {
      const made = provided.create("apps/v1 Deployment", DEPLOYMENT);
      await whenMade(() => provided.provider.cancel());
      await assert.rejects(made, { name: "InitializationError", message: /: the wait was cancelled: / });
    });

    it("and says so when somebody deletes it meanwhile", async () => {
      const made = provided.create("apps/v1 Deployment", DEPLOYMENT);
      await whenMade(() => provided.server.remove({ ...live, name: "web" }));
      await assert.rejects(made, { message: /: it was deleted by somebody else$/ });
    });
  });
});
