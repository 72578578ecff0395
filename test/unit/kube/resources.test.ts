import assert from "node:assert/strict";
import { FakeApiServer } from "./fake-api-server.js";
import { kind } from "./fake/kinds.js";

const POD = { apiVersion: "v1", kind: "Pod" };

describe("the kinds of a cluster", () => {
  let server: FakeApiServer;
  beforeEach(async () => {
    server = await FakeApiServer.start();
  });
  afterEach(() => server.stop());

  const asked = (): string[] => server.requests.map(({ path }) => path);

  it("are asked for once per group version, however many want to know", async () => {
    const { resources } = server.client();
    const found = await Promise.all([POD, { ...POD, kind: "Secret" }, POD].map((ref) => resources.find(ref)));
    assert.deepEqual(
      found.map(({ plural, namespaced }) => [plural, namespaced]),
      [
        ["pods", true],
        ["secrets", true],
        ["pods", true],
      ],
    );
    assert.deepEqual(asked(), ["/api/v1"]);
  });

  it("do not mistake subresources for kinds", async () => {
    const found = await server.client().resources.find({ apiVersion: "apps/v1", kind: "Deployment" });
    assert.equal(found.plural, "deployments");
    assert.deepEqual(found.verbs, ["create", "delete", "get", "list", "patch", "watch"]);
  });

  it("that are missing are asked for again each time, until they are there", async () => {
    const { resources } = server.client();
    const widget = { apiVersion: "x.io/v1", kind: "Widget" };
    await resources.find(POD);
    await assert.rejects(resources.find(widget), {
      status: 404,
      reason: "NoKindMatch",
      message: 'no matches for kind "Widget" in version "x.io/v1"',
    });
    server.kinds.push(kind("x.io/v1 Widget", "widgets", false));
    assert.equal((await resources.find(widget)).namespaced, false);
    assert.deepEqual(asked(), ["/api/v1", "/apis/x.io/v1", "/apis/x.io/v1"]);
  });

  it("are asked for again after a refusal", async () => {
    const { resources } = server.client();
    server.fail({ answer: 403 });
    await assert.rejects(resources.find(POD), { status: 403 });
    assert.equal((await resources.find(POD)).plural, "pods");
  });

  it("are told all at once in two requests, each group in its preferred version", async () => {
    server.kinds.push(kind("x.io/v2 Widget", "widgets"), kind("x.io/v1 Widget", "widgets"));
    const all = await server.client().resources.all();
    const told = all.filter(({ kind: name }) => ["Node", "Deployment", "Widget"].includes(name));
    assert.deepEqual(
      told.map(({ apiVersion, kind: name, plural, namespaced }) => ({ apiVersion, name, plural, namespaced })),
      [
        { apiVersion: "v1", name: "Node", plural: "nodes", namespaced: false },
        { apiVersion: "apps/v1", name: "Deployment", plural: "deployments", namespaced: true },
        { apiVersion: "x.io/v2", name: "Widget", plural: "widgets", namespaced: true },
      ],
    );
    assert.deepEqual(asked().sort(), ["/api", "/apis"]);
  });
});
