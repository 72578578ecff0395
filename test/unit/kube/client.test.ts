import assert from "node:assert/strict";
import { KubeError } from "../../../kube/errors.js";
import type { LiveObject } from "../../../kube/object.js";
import { FakeApiServer } from "./fake-api-server.js";
import { kind } from "./fake/kinds.js";

const CONFIG_MAP = { apiVersion: "v1", kind: "ConfigMap" };
const manifest = (name: string, data: Record<string, string> = {}) => ({ ...CONFIG_MAP, metadata: { name }, data });
const namesOf = (objects: readonly LiveObject[]): string[] => objects.map(({ metadata }) => metadata.name);

describe("the Kubernetes client", () => {
  let server: FakeApiServer;
  beforeEach(async () => {
    server = await FakeApiServer.start();
  });
  afterEach(() => server.stop());

  describe("paths", () => {
    for (const [what, ref, path] of [
      [
        "an object of the core group",
        { ...CONFIG_MAP, namespace: "shop", name: "a" },
        "/api/v1/namespaces/shop/configmaps/a",
      ],
      [
        "an object without a namespace: the context's",
        { ...CONFIG_MAP, name: "a" },
        "/api/v1/namespaces/default/configmaps/a",
      ],
      ["a list in a namespace", { ...CONFIG_MAP, namespace: "shop" }, "/api/v1/namespaces/shop/configmaps"],
      ["a list in all namespaces", CONFIG_MAP, "/api/v1/configmaps"],
      ["an object of no namespace", { apiVersion: "v1", kind: "Node", namespace: "x", name: "n" }, "/api/v1/nodes/n"],
      [
        "a subresource",
        { apiVersion: "apps/v1", kind: "Deployment", namespace: "s", name: "w", subresource: "scale" },
        "/apis/apps/v1/namespaces/s/deployments/w/scale",
      ],
      [
        "a name that would leave its folder",
        { ...CONFIG_MAP, name: "../x" },
        "/api/v1/namespaces/default/configmaps/..%2Fx",
      ],
    ] as const) {
      it(`of ${what}`, async () => {
        assert.equal(await server.client().path(ref), path);
      });
    }
  });

  it("creates, gets, patches and deletes an object", async () => {
    const client = server.client();
    const made = await client.create(manifest("a", { k: "1" }));
    assert.deepEqual(await client.get({ ...CONFIG_MAP, name: "a" }), made);
    const patched = await client.patch({ ...CONFIG_MAP, name: "a" }, { data: { l: "2" } });
    assert.deepEqual(patched["data"], { k: "1", l: "2" });
    assert.equal(await client.delete({ ...CONFIG_MAP, name: "a" }), undefined);
    assert.equal(await client.find({ ...CONFIG_MAP, name: "a" }), undefined);
    assert.deepEqual(server.calls(), [
      "POST /api/v1/namespaces/default/configmaps",
      "GET /api/v1/namespaces/default/configmaps/a",
      "PATCH /api/v1/namespaces/default/configmaps/a",
      "DELETE /api/v1/namespaces/default/configmaps/a",
      "GET /api/v1/namespaces/default/configmaps/a",
    ]);
  });

  it("says what kind of patch it sends", async () => {
    const client = server.client();
    server.put(manifest("a"));
    const ref = { ...CONFIG_MAP, name: "a" };
    await client.patch(ref, {});
    await client.patch(ref, [], { type: "json" });
    await client.patch(ref, {}, { type: "strategic-merge" });
    await client.apply(manifest("a"));
    assert.deepEqual(
      server.requests.filter(({ method }) => method === "PATCH").map(({ headers }) => headers["content-type"]),
      [
        "application/merge-patch+json",
        "application/json-patch+json",
        "application/strategic-merge-patch+json",
        "application/apply-patch+yaml",
      ],
    );
  });

  it("applies: as manager ed8k unless told otherwise, without force, and in a dry run without effect", async () => {
    const client = server.client();
    await client.apply(manifest("a", { k: "1" }));
    await client.apply(manifest("a", { k: "2" }), { fieldManager: "me", force: true, dryRun: true });
    assert.deepEqual(
      server.requests.filter(({ method }) => method === "PATCH").map(({ query }) => query),
      [{ fieldManager: "ed8k" }, { fieldManager: "me", force: "true", dryRun: "All" }],
    );
    assert.deepEqual((await client.get({ ...CONFIG_MAP, name: "a" }))["data"], { k: "1" });
  });

  it("tells a conflict of field managers, and takes over by force", async () => {
    const client = server.client();
    await client.apply(manifest("a", { k: "1" }), { fieldManager: "other" });
    await assert.rejects(client.apply(manifest("a", { k: "2" })), {
      name: "KubeError",
      status: 409,
      reason: "Conflict",
      message: 'Apply failed with 1 conflict: conflict with "other": .data.k',
    });
    const forced = await client.apply(manifest("a", { k: "2" }), { force: true });
    assert.deepEqual(forced["data"], { k: "2" });
  });

  describe("lists", () => {
    it("page by page, with apiVersion and kind in each object", async () => {
      for (const name of ["a", "b", "c", "d", "e"]) server.put(manifest(name));
      const { items, resourceVersion } = await server
        .client()
        .list({ ...CONFIG_MAP, namespace: "default" }, { pageSize: 2 });
      assert.deepEqual(namesOf(items), ["a", "b", "c", "d", "e"]);
      assert.deepEqual(new Set(items.map((item) => `${item.apiVersion} ${item.kind}`)), new Set(["v1 ConfigMap"]));
      assert.equal(resourceVersion, "105");
      assert.deepEqual(
        server.requests.slice(1).map(({ query }) => query),
        [{ limit: "2" }, { limit: "2", continue: "2" }, { limit: "2", continue: "4" }],
      );
    });

    it("in one request when asked to", async () => {
      server.put(manifest("a"));
      await server.client().list(CONFIG_MAP, { pageSize: 0 });
      assert.deepEqual(server.requests.at(-1)?.query, {});
    });

    it("what the selectors choose", async () => {
      server.put({ ...manifest("a"), metadata: { name: "a", labels: { app: "x" } } });
      server.put({ ...manifest("b"), metadata: { name: "b", labels: { app: "y" } } });
      const client = server.client();
      assert.deepEqual(namesOf((await client.list(CONFIG_MAP, { labelSelector: "app=y" })).items), ["b"]);
      assert.deepEqual(namesOf((await client.list(CONFIG_MAP, { fieldSelector: "metadata.name=a" })).items), ["a"]);
    });
  });

  describe("deletion", () => {
    it("gives the object while finalizers hold it", async () => {
      server.put({ ...manifest("a"), metadata: { name: "a", finalizers: ["x/y"] } });
      const held = await server.client().delete({ ...CONFIG_MAP, name: "a" });
      assert.equal(held?.metadata.deletionTimestamp, "2026-11-24T12:00:00Z");
    });

    it("sends policy, grace period, preconditions and dry run", async () => {
      const { metadata } = server.put(manifest("a"));
      const client = server.client();
      const preconditions = { uid: metadata.uid };
      await client.delete(
        { ...CONFIG_MAP, name: "a" },
        { propagationPolicy: "Foreground", gracePeriodSeconds: 0, preconditions, dryRun: true },
      );
      await client.delete({ ...CONFIG_MAP, name: "a" });
      const common = { apiVersion: "v1", kind: "DeleteOptions" };
      assert.deepEqual(
        server.requests.filter(({ method }) => method === "DELETE").map(({ body }) => body),
        [
          { ...common, propagationPolicy: "Foreground", preconditions, gracePeriodSeconds: 0, dryRun: ["All"] },
          { ...common, propagationPolicy: "Background" },
        ],
      );
    });

    it("refuses another object of the same name", async () => {
      server.put(manifest("a"));
      const call = server.client().delete({ ...CONFIG_MAP, name: "a" }, { preconditions: { uid: "old" } });
      await assert.rejects(call, { status: 409, reason: "Conflict" });
    });
  });

  describe("refusals", () => {
    it("are told with status, reason, message and details", async () => {
      const details = { kind: "pods" };
      const body = { kind: "Status", code: 403, reason: "Forbidden", message: "exceeded quota: q", details };
      server.fail({ when: ({ method }) => method === "POST", answer: 403, body });
      await assert.rejects(server.client().create(manifest("a")), {
        name: "KubeError",
        status: 403,
        reason: "Forbidden",
        message: "exceeded quota: q",
        details,
      });
    });

    it("of something else than an API server are told in its words", async () => {
      server.fail({ answer: 502, body: "<html>Bad Gateway</html>\n" });
      await assert.rejects(server.client().list(CONFIG_MAP), {
        status: 502,
        reason: "Unknown",
        message: "<html>Bad Gateway</html>",
      });
    });

    it("whose body is no JSON, although it is said to be, keep their status", async () => {
      server.fail({ answer: 500, headers: { "content-type": "application/json" }, body: "" });
      await assert.rejects(server.client().list(CONFIG_MAP), {
        status: 500,
        message: "the API server answered with HTTP status 500",
      });
    });

    it("without a word are told by their status", async () => {
      server.fail({ answer: 500 });
      await assert.rejects(server.client().list(CONFIG_MAP), {
        message: "the API server answered with HTTP status 500",
      });
    });

    it("of a name that is taken have the reason AlreadyExists", async () => {
      server.put(manifest("a"));
      await assert.rejects(server.client().create(manifest("a")), {
        reason: "AlreadyExists",
        message: 'configmaps "a" already exists',
      });
    });

    for (const [what, body, message] of [
      ["is no object", '"fine"', "the API server did not answer with an object; is something else listening there?"],
      ["is no JSON", "{", "the API server's answer is not the JSON that it is said to be"],
    ] as const) {
      it(`are made of an answer that ${what}`, async () => {
        const headers = { "content-type": "application/json" };
        server.fail({ when: ({ path }) => path.endsWith("/a"), answer: 200, headers, body });
        const call = server.client().get({ ...CONFIG_MAP, name: "a" });
        await assert.rejects(call, (error: unknown) => {
          assert.ok(error instanceof KubeError);
          assert.deepEqual([error.status, error.message], [502, message]);
          return true;
        });
      });
    }
  });

  it("finds nothing where the kind itself is not there, and other faults stay faults", async () => {
    const client = server.client();
    assert.equal(await client.find({ apiVersion: "x.io/v1", kind: "Thing", name: "a" }), undefined);
    server.fail({ when: ({ path }) => path.endsWith("/a"), answer: 403 });
    await assert.rejects(client.find({ ...CONFIG_MAP, name: "a" }), { status: 403 });
  });

  it("takes objects of kinds that were defined after it was made", async () => {
    const client = server.client();
    const widget = { apiVersion: "x.io/v1", kind: "Widget", metadata: { name: "w" } };
    await assert.rejects(client.create(widget), { status: 404, reason: "NoKindMatch" });
    server.kinds.push(kind("x.io/v1 Widget", "widgets"));
    assert.equal((await client.create(widget)).metadata.name, "w");
  });
});
