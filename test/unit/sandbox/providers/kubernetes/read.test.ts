import assert from "node:assert/strict";
import { hasSecret } from "../../../../../sandbox/providers/plugin/values.js";
import { plain, Provided, type Resource } from "./provided.js";

const CONFIG = { apiVersion: "v1", kind: "ConfigMap" };

describe("the Kubernetes stand-in: read", () => {
  let provided: Provided;
  beforeEach(async () => {
    provided = await Provided.start();
  });
  afterEach(() => provided.server.stop());

  const imported = (kind: string, id: string): Resource => ({ kind, id, inputs: {}, state: {} });

  describe("for a refresh", () => {
    it("sees no drift where there is none", async () => {
      const inputs = {
        metadata: { name: "web" },
        data: { a: "1" },
        spec: { empty: {}, list: [], off: false, none: "" },
      };
      const made = await provided.create("v1 ConfigMap", inputs);
      // The API server leaves out what is empty, and controllers add what is theirs.
      const spec = { empty: null, list: null, off: null, none: null };
      provided.server.put({ ...CONFIG, metadata: { name: "web", labels: { by: "a controller" } }, spec });
      const { inputs: now } = await provided.refresh(made);
      assert.deepEqual(now, made.inputs);
      assert.deepEqual(await provided.changes(await provided.refresh(made), inputs), []);
    });

    it("sees what somebody changed, and the next update puts it back", async () => {
      const inputs = { metadata: { name: "web" }, spec: { replicas: 1, kept: 1 } };
      const made = await provided.create("v1 Service", { ...inputs, spec: { ...inputs.spec, clusterIP: "None" } });
      provided.server.put({
        apiVersion: "v1",
        kind: "Service",
        metadata: { name: "web" },
        spec: { replicas: 3, extra: 1 },
      });
      const drifted = await provided.refresh(made);
      assert.deepEqual(plain(drifted.inputs)["spec"], { replicas: 3, kept: 1, clusterIP: "None" });
      const wanted = { ...inputs, spec: { ...inputs.spec, clusterIP: "None" } };
      assert.deepEqual(await provided.changes(drifted, wanted), ["update spec.replicas"]);
    });

    it("sees what somebody took away", async () => {
      const inputs = { metadata: { name: "web" }, data: { a: "1", b: "2" } };
      const made = await provided.create("v1 ConfigMap", inputs);
      provided.server.put({ ...CONFIG, metadata: { name: "web" }, data: { b: null } });
      assert.deepEqual(await provided.changes(await provided.refresh(made), inputs), ["add! data.b"]);
    });

    it("keeps the program's spelling of quantities", async () => {
      const inputs = { metadata: { name: "web" }, spec: { hard: { cpu: "1000m" } } };
      const made = provided.create("v1 ResourceQuota", inputs);
      while (provided.objects().length === 0) await new Promise((done) => setTimeout(done, 2));
      const live = { apiVersion: "v1", kind: "ResourceQuota", metadata: { name: "web" } };
      provided.server.put({ ...live, spec: { hard: { cpu: "1" } }, status: { hard: { cpu: "1" } } });
      assert.deepEqual((await provided.refresh(await made)).inputs["spec"], { hard: { cpu: "1000m" } });
    });

    it("knows stringData again in what the server made of it", async () => {
      const inputs = { metadata: { name: "web" }, stringData: { k: "v" } };
      const made = await provided.create("v1 Secret", inputs);
      const secret = { apiVersion: "v1", kind: "Secret", metadata: { name: "web" } };
      provided.server.put({ ...secret, data: { k: "dg==" }, stringData: null });
      const refreshed = await provided.refresh(made);
      assert.deepEqual(await provided.changes(refreshed, inputs), []);
      assert.equal(hasSecret(refreshed.state["data"]), true);
      provided.server.put({ ...secret, data: { k: "b3RoZXI=" } });
      assert.deepEqual(await provided.changes(await provided.refresh(made), inputs), ["update! data.k"]);
    });

    it("knows what is gone", async () => {
      const made = await provided.create("v1 ConfigMap", { metadata: { name: "web" } });
      provided.server.remove({ ...CONFIG, namespace: "default", name: "web" });
      assert.equal(await provided.read(made), undefined);
    });
  });

  describe("for an import", () => {
    it("gives the inputs by which the object could have been made", async () => {
      provided.server.put({
        ...CONFIG,
        metadata: {
          name: "web",
          labels: { app: "web" },
          annotations: { "kubectl.kubernetes.io/last-applied-configuration": "{}", mine: "1" },
        },
        data: { a: "1" },
        status: { x: 1 },
      });
      const read = await provided.read(imported("v1 ConfigMap", "default/web"));
      assert.deepEqual(read?.inputs, {
        ...CONFIG,
        metadata: { name: "web", namespace: "default", labels: { app: "web" }, annotations: { mine: "1" } },
        data: { a: "1" },
      });
      assert.deepEqual(read.state["__inputs"], read.inputs);
      assert.equal(read.state["__initialApiVersion"], "v1");
    });

    it("leaves nothing to change when the program says the same", async () => {
      provided.server.put({ ...CONFIG, metadata: { name: "web" }, data: { a: "1" } });
      const resource = await provided.refresh(imported("v1 ConfigMap", "default/web"));
      assert.deepEqual(await provided.changes(resource, { metadata: { name: "web" }, data: { a: "1" } }), []);
    });

    it("takes a bare name for one in the context's namespace", async () => {
      provided.server.put({ ...CONFIG, metadata: { name: "web" } });
      assert.notEqual(await provided.read(imported("v1 ConfigMap", "web")), undefined);
    });

    it("hides the content of Secrets", async () => {
      provided.server.put({ apiVersion: "v1", kind: "Secret", metadata: { name: "web" }, data: { k: "dg==" } });
      const read = await provided.read(imported("v1 Secret", "default/web"));
      assert.deepEqual([hasSecret(read?.inputs["data"]), hasSecret(read?.state["data"])], [true, true]);
    });

    it("finds nothing where nothing is, not even the kind", async () => {
      assert.equal(await provided.read(imported("v1 ConfigMap", "default/none")), undefined);
      assert.equal(await provided.read(imported("x.io/v1 Widget", "default/none")), undefined);
    });
  });

  describe("of a cluster that cannot be reached", () => {
    for (const [setting, message] of [
      [{}, /^failed to read resource state due to unreachable cluster\./],
      [{ skipUpdateUnreachable: true }, undefined],
    ] as const) {
      it(`${message === undefined ? "keeps what is known when told to" : "fails, with what to do"}`, async () => {
        const other = await Provided.start(setting);
        await other.server.stop();
        const resource = { kind: "v1 ConfigMap", id: "default/web", inputs: { a: 1 }, state: { b: 2 } };
        if (message !== undefined) await assert.rejects(other.read(resource), { message });
        else assert.deepEqual(await other.read(resource), { id: "default/web", inputs: { a: 1 }, state: { b: 2 } });
      });
    }
  });
});
