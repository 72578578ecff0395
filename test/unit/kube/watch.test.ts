import assert from "node:assert/strict";
import type { LiveObject } from "../../../kube/object.js";
import { watch, type WatchEvent, type WatchOptions } from "../../../kube/watch.js";
import { FakeApiServer } from "./fake-api-server.js";

const CONFIG_MAP = { apiVersion: "v1", kind: "ConfigMap" };
const PLACE = { ...CONFIG_MAP, namespace: "default" };

describe("watching", () => {
  let server: FakeApiServer;
  let abort: AbortController;
  beforeEach(async () => {
    server = await FakeApiServer.start();
    abort = new AbortController();
  });
  afterEach(async () => {
    abort.abort();
    await server.stop();
  });

  const put = (name: string, data: Record<string, string> = {}): LiveObject =>
    server.put({ ...CONFIG_MAP, metadata: { name, labels: { app: name } }, data });

  function start(options: WatchOptions = {}): AsyncGenerator<WatchEvent> {
    return watch(server.client(), PLACE, { signal: abort.signal, ...options });
  }

  async function next(events: AsyncGenerator<WatchEvent>, count = 1): Promise<string[]> {
    const told: string[] = [];
    while (told.length < count) {
      const event = await events.next();
      if (event.done === true) throw new Error("the watch has ended");
      told.push(`${event.value.type} ${event.value.object.metadata.name}`);
    }
    return told;
  }

  /** Ends the open connections as a server does that goes down cleanly. */
  async function endWatches(): Promise<void> {
    while (server.watches.size === 0) await new Promise((done) => setTimeout(done, 5));
    for (const response of server.watches) response.end();
  }

  it("tells what is there, then what happens", async () => {
    put("a");
    const events = start();
    assert.deepEqual(await next(events), ["ADDED a"]);
    put("b");
    put("a", { k: "1" });
    server.remove({ ...PLACE, name: "b" });
    assert.deepEqual(await next(events, 3), ["ADDED b", "MODIFIED a", "DELETED b"]);
  });

  it("goes on from a version without listing", async () => {
    const { metadata } = put("a");
    put("a", { k: "1" });
    assert.deepEqual(await next(start({ resourceVersion: metadata.resourceVersion })), ["MODIFIED a"]);
    assert.deepEqual(
      server.calls().map((call) => call.split("?")[0]),
      ["GET /api/v1/namespaces/default/configmaps"],
    );
  });

  it("tells only what the selectors choose", async () => {
    put("a");
    put("b");
    assert.deepEqual(await next(start({ name: "b" })), ["ADDED b"]);
    assert.deepEqual(await next(start({ labelSelector: "app=a" })), ["ADDED a"]);
  });

  it("takes up an ended connection where it was, and tells nothing twice", async () => {
    put("a");
    const events = start();
    await next(events);
    const later = next(events);
    await endWatches();
    put("b");
    assert.deepEqual(await later, ["ADDED b"]);
  });

  it("takes up a cut connection too", async () => {
    put("a");
    const events = start();
    await next(events);
    const later = next(events);
    while (server.watches.size === 0) await new Promise((done) => setTimeout(done, 5));
    for (const response of server.watches) response.socket?.resetAndDestroy();
    put("b");
    assert.deepEqual(await later, ["ADDED b"]);
  });

  it("passes over bookmarks, and goes on from them", async () => {
    put("a");
    const events = start();
    await next(events);
    const later = next(events);
    while (server.watches.size === 0) await new Promise((done) => setTimeout(done, 5));
    const bookmark = { type: "BOOKMARK", object: { ...CONFIG_MAP, metadata: { resourceVersion: "777" } } };
    for (const response of server.watches) response.write(`${JSON.stringify(bookmark)}\n`);
    await endWatches();
    while (server.requests.at(-1)?.query["resourceVersion"] !== "777") await new Promise((done) => setTimeout(done, 5));
    abort.abort();
    await assert.rejects(later, { message: "the watch has ended" });
  });

  for (const [how, gone] of [
    ["as the answer's status", 410],
    ["as an event", 200],
  ] as const) {
    it(`lists anew when its place is forgotten (told ${how}), and tells only what differs`, async () => {
      put("a");
      put("b");
      const events = start();
      await next(events, 2);
      const later = next(events, 3);
      while (server.watches.size === 0) await new Promise((done) => setTimeout(done, 5));
      const status = { kind: "Status", code: 410, reason: "Expired", message: "too old" };
      const body = gone === 410 ? status : { type: "ERROR", object: status };
      server.fail({
        when: ({ query }) => query["watch"] === "true",
        answer: gone,
        headers: { "content-type": "application/json" },
        body: gone === 410 ? body : `${JSON.stringify(body)}\n`,
      });
      await endWatches();
      server.remove({ ...PLACE, name: "a" });
      put("b", { k: "1" });
      put("c");
      assert.deepEqual((await later).sort(), ["ADDED c", "DELETED a", "MODIFIED b"]);
    });
  }

  it("tells that a known object is gone, although it went unseen", async () => {
    const known = put("a");
    server.remove({ ...PLACE, name: "a" });
    server.store.forget();
    const { resourceVersion } = known.metadata;
    assert.deepEqual(await next(start({ name: "a", resourceVersion, known: [known] })), ["DELETED a"]);
  });

  it("ends with an error when the server goes, unless it is patient", async () => {
    put("a");
    const events = start();
    await next(events);
    const later = next(events);
    while (server.watches.size === 0) await new Promise((done) => setTimeout(done, 5));
    void server.goAway();
    await assert.rejects(later, { name: "UnreachableError" });
  });

  it("that is patient waits for a server that is away, says so once, and tells what differs", async () => {
    put("a");
    put("b");
    const said: string[] = [];
    const events = start({ patient: ({ message }) => said.push(message) });
    await next(events, 2);
    const later = next(events, 2);
    while (server.watches.size === 0) await new Promise((done) => setTimeout(done, 5));
    await server.goAway();
    server.remove({ ...PLACE, name: "a" });
    put("c");
    setTimeout(() => void server.comeBack(), 1000);
    assert.deepEqual((await later).sort(), ["ADDED c", "DELETED a"]);
    assert.deepEqual(said, [
      `The cluster of context "fake" at ${server.url} cannot be reached: nothing listens there (connection refused)`,
    ]);
  }).timeout(10_000);

  it("that is patient passes over the refusals of a server that has just come back, but not for ever", async () => {
    const said: string[] = [];
    put("a");
    const events = start({ patient: ({ message }) => said.push(message) });
    await next(events);
    const later = next(events);
    while (server.watches.size === 0) await new Promise((done) => setTimeout(done, 5));
    await server.goAway();
    while (said.length === 0) await new Promise((done) => setTimeout(done, 5));
    put("b");
    server.fail({ answer: 403 });
    await server.comeBack();
    assert.deepEqual(await later, ["ADDED b"]);
    const end = next(events);
    while (server.watches.size === 0) await new Promise((done) => setTimeout(done, 5));
    server.fail({ answer: 403, when: ({ query }) => "watch" in query });
    await endWatches();
    await assert.rejects(end, { status: 403 });
    assert.equal(said.length, 1);
  }).timeout(10_000);

  it("that is patient ends with an error when it was never let, or the server was never reached", async () => {
    server.fail({ answer: 403, when: ({ query }) => !("watch" in query) });
    await assert.rejects(next(start({ patient: () => undefined })), { status: 403 });
    const events = start({ patient: () => undefined });
    await server.goAway();
    await assert.rejects(next(events), { name: "UnreachableError" });
  });

  it("ends without an error when aborted, and leaves no connection open", async () => {
    put("a");
    const events = start();
    await next(events);
    const end = events.next();
    while (server.watches.size === 0) await new Promise((done) => setTimeout(done, 5));
    abort.abort();
    assert.deepEqual(await end, { value: undefined, done: true });
    while (server.watches.size > 0) await new Promise((done) => setTimeout(done, 5));
  });

  it("ends with the refusal when it is not allowed", async () => {
    server.fail({ when: ({ query }) => query["watch"] === "true", answer: 403 });
    await assert.rejects(next(start()), { name: "KubeError", status: 403 });
  });

  it("closes its connection when nobody listens any more", async () => {
    put("a");
    for await (const event of start()) {
      if (event.type === "MODIFIED") break;
      setTimeout(() => put("a", { k: "1" }), 20);
    }
    while (server.watches.size > 0) await new Promise((done) => setTimeout(done, 5));
  });
});
