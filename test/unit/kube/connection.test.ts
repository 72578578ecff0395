import assert from "node:assert/strict";
import { Connection } from "../../../kube/connection.js";
import { FakeApiServer } from "./fake-api-server.js";

const PODS = { apiVersion: "v1", kind: "Pod" };
const CONFIG_MAP = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" } };

describe("the connection to an API server", () => {
  let server: FakeApiServer;
  beforeEach(async () => {
    server = await FakeApiServer.start();
  });
  afterEach(() => server.stop());

  const count = (method: string): number => server.requests.filter((request) => request.method === method).length;

  for (const status of [429, 503]) {
    it(`repeats what is refused for overload (${status}) after as long as the server asks for`, async () => {
      const client = server.client();
      await client.path(PODS);
      server.fail({ answer: status, times: 2, headers: { "retry-after": "0" } });
      assert.deepEqual((await client.list(PODS)).items, []);
      assert.equal(count("GET"), 4);
    });
  }

  it("repeats a creation that was refused for overload (429), but not one that met a 503", async () => {
    const client = server.client();
    await client.path(CONFIG_MAP);
    const headers = { "retry-after": "0" };
    server.fail({ answer: 429, headers });
    await client.create(CONFIG_MAP);
    assert.equal(count("POST"), 2);
    server.fail({ answer: 503, headers });
    await assert.rejects(client.create(CONFIG_MAP), { status: 503 });
    assert.equal(count("POST"), 3);
  });

  it("gives up after four repetitions, with the server's refusal", async () => {
    const client = server.client();
    await client.path(PODS);
    server.fail({ answer: 429, times: 9, headers: { "retry-after": "0" }, body: { message: "too many requests" } });
    await assert.rejects(client.list(PODS), { status: 429, message: "too many requests" });
    assert.equal(count("GET"), 6);
  });

  it("takes a 503 without Retry-After for final", async () => {
    const client = server.client();
    await client.path(PODS);
    server.fail({ answer: 503 });
    await assert.rejects(client.list(PODS), { status: 503 });
  });

  it("repeats what was cut, except a creation: the object may have been made", async () => {
    const client = server.client();
    await client.path(CONFIG_MAP);
    server.fail({ answer: "cut", times: 2 });
    assert.deepEqual((await client.list(PODS)).items, []);
    server.fail({ answer: "cut" });
    await assert.rejects(client.create(CONFIG_MAP), {
      name: "UnreachableError",
      message: `The cluster of context "fake" at ${server.url} cannot be reached: the connection was cut`,
      hint: "Check that it runs and that this machine may reach it (VPN, sandbox), or choose another context",
    });
    assert.equal(count("POST"), 1);
  });

  it("tells when the answer itself was cut in the middle", async () => {
    const client = server.client();
    await client.path(PODS);
    // Fewer bytes than announced: the server ends, the client waits for more until the connection closes.
    server.fail({ answer: 200, headers: { "content-length": "100", connection: "close" }, body: "half" });
    await assert.rejects(client.list(PODS), { name: "UnreachableError", message: /: the connection was cut$/ });
  });

  it("tells at once when nothing listens", async () => {
    const client = server.client();
    const { url } = server;
    await server.stop();
    server = await FakeApiServer.start();
    await assert.rejects(client.list(PODS), {
      name: "UnreachableError",
      message: `The cluster of context "fake" at ${url} cannot be reached: nothing listens there (connection refused)`,
    });
  });

  it("stops when it is told to: while the server is silent", async () => {
    const client = server.client();
    await client.path(PODS);
    server.fail({ answer: "silent" });
    const start = Date.now();
    const call = client.request("GET", "/api/v1/pods", { signal: AbortSignal.timeout(50) });
    await assert.rejects(call, { name: "TimeoutError" });
    assert.ok(Date.now() - start < 2000);
  });

  it("stops when it is told to: while it waits to repeat", async () => {
    const client = server.client();
    await client.path(PODS);
    server.fail({ answer: 429, headers: { "retry-after": "20" } });
    const start = Date.now();
    const call = client.request("GET", "/api/v1/pods", { signal: AbortSignal.timeout(50) });
    await assert.rejects(call, { name: "TimeoutError" });
    assert.ok(Date.now() - start < 2000);
  });

  it("uses a socket again", async () => {
    const client = server.client();
    for (let call = 0; call < 5; call += 1) await client.list(PODS);
    assert.equal(server.connections, 1);
  });

  it("keeps the path that the server is behind", async () => {
    const connection = new Connection(server.access({ server: `${server.url}/k8s/clusters/c-1/` }));
    const answer = await connection.send({ method: "GET", path: "/api/v1/pods?limit=1" });
    answer.resume();
    connection.close();
    assert.deepEqual(server.requests.at(-1)?.path, "/k8s/clusters/c-1/api/v1/pods");
    assert.deepEqual(server.requests.at(-1)?.query, { limit: "1" });
  });
});
