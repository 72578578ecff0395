import assert from "node:assert/strict";
import { follow, type Followed } from "../../../../sandbox/jobs/follow.js";
import { live } from "../../ed8kctl/live/objects.js";
import { FakeApiServer } from "../../kube/fake-api-server.js";
import { kind } from "../../kube/fake/kinds.js";
import { until } from "./sockets.js";

const REF = { apiVersion: "v1", kind: "Service" };
const PATH = "/api/v1/services";

describe("following objects", () => {
  let server: FakeApiServer;
  let followed: Followed | undefined;
  let changes: number;
  const lines: string[] = [];
  beforeEach(async () => {
    server = await FakeApiServer.start();
    changes = 0;
    lines.length = 0;
  });
  afterEach(async () => {
    await followed?.stop();
    followed = undefined;
    await server.stop();
  });

  const start = (): Followed => {
    const client = server.client();
    const onChange = (): unknown => (changes += 1);
    followed = follow(REF, { client: () => client, onChange, log: (line) => lines.push(line), job: "job", restMs: 10 });
    return followed;
  };
  const names = (): string[] => [...(followed?.objects.values() ?? [])].map(({ metadata }) => metadata.name).sort();

  it("knows what is there, what comes, what changes and what goes", async () => {
    server.put(live("Service a", {}, { namespace: "x" }));
    start();
    await until(() => names().join() === "a");
    server.put(live("Service b", { spec: { clusterIP: "10.0.0.1" } }, { namespace: "y" }));
    await until(() => names().join() === "a,b");
    server.put(live("Service b", { spec: { clusterIP: "10.0.0.2" } }, { namespace: "y" }));
    await until(() => JSON.stringify([...(followed?.objects.values() ?? [])]).includes("10.0.0.2"));
    server.remove({ ...REF, namespace: "x", name: "a" });
    await until(() => names().join() === "b");
    assert.equal(changes, 4);
    assert.deepEqual(lines, []);
  });

  it("misses nothing while the API server is away, and tells that once", async () => {
    server.put(live("Service a", {}, { namespace: "x" }));
    start();
    await until(() => server.watches.size === 1);
    server.fail({
      when: ({ path }) => path === PATH,
      times: 3,
      answer: 503,
      body: { message: "the server is starting" },
    });
    for (const watch of server.watches) watch.destroy();
    server.remove({ ...REF, namespace: "x", name: "a" });
    server.put(live("Service b", {}, { namespace: "x" }));
    await until(() => names().join() === "b");
    assert.deepEqual(lines, ["job: Service objects cannot be watched: the server is starting", "job: works again"]);
  });

  it("begins with what is there when the API server was not there at first", async () => {
    server.put(live("Service a", {}, { namespace: "x" }));
    server.fail({ times: 2, answer: 503, body: "not yet" });
    start();
    await until(() => names().join() === "a");
    assert.deepEqual(lines, ["job: Service objects cannot be watched: not yet", "job: works again"]);
  });

  it("waits without a word for a kind that the cluster may come to have", async () => {
    const client = server.client();
    const options = { client: () => client, onChange: () => (changes += 1), job: "job", restMs: 10 };
    const ref = { apiVersion: "x.io/v1", kind: "Route" };
    followed = follow(ref, { ...options, log: (line) => lines.push(line), optional: true });
    await until(() => server.requests.filter(({ path }) => path === "/apis/x.io/v1").length > 1);
    server.kinds.push(kind("x.io/v1 Route", "routes"));
    server.put({ ...live("Route a", {}, { namespace: "x" }), apiVersion: "x.io/v1" });
    await until(() => names().join() === "a");
    assert.deepEqual(lines, []);
  });

  it("asks for nothing more once it is stopped", async () => {
    const { stop } = start();
    await until(() => server.watches.size === 1);
    await stop();
    followed = undefined;
    const { length } = server.requests;
    await until(() => server.watches.size === 0);
    server.put(live("Service a", {}, { namespace: "x" }));
    assert.equal(server.requests.length, length);
    assert.equal(changes, 0);
  });
});
