import assert from "node:assert/strict";
import { followLogs, type LogRequest, readLogs } from "../../../../ed8kctl/logs/read-logs.js";
import { FakeApiServer, type SeenRequest } from "../../kube/fake-api-server.js";
import { live } from "../live/objects.js";

describe("logs", () => {
  let server: FakeApiServer;
  let controller: AbortController;
  beforeEach(async () => {
    server = await FakeApiServer.start();
    controller = new AbortController();
  });
  afterEach(() => server.stop());

  const pod = (name: string) =>
    live(
      `Pod ${name}`,
      {
        spec: { containers: [{ name: "web" }] },
        status: { containerStatuses: [{ name: "web", state: { running: {} }, restartCount: 0 }] },
      },
      { namespace: "alice", labels: { "ed8k.dev/service": "bos" } },
    );
  const logOf = (name: string) => (request: SeenRequest) =>
    request.path === `/api/v1/namespaces/alice/pods/${name}/log`;
  const ask = (lines: string[], faults: string[] = []): LogRequest => ({
    client: server.client(),
    environment: "alice",
    services: [],
    sinceSeconds: 600,
    tailLines: 20,
    signal: controller.signal,
    onLine: ({ prefix, text }) => lines.push(`${prefix}: ${text}`),
    onFault: (fault) => faults.push(fault),
  });
  /** The fake knows labels by equality only: whether a label is there is for the real one. */
  const listed = (names: readonly string[]) =>
    server.fail({
      when: ({ path, query }) => path === "/api/v1/namespaces/alice/pods" && query["watch"] === undefined,
      answer: 200,
      body: { metadata: { resourceVersion: "100" }, items: names.map(pod) },
    });

  it("are read container by container, also a last line without an end", async () => {
    listed(["bos-1", "bos-2"]);
    server.fail({ when: logOf("bos-1"), answer: 200, body: "one\ntwo\n" });
    server.fail({ when: logOf("bos-2"), answer: 200, body: "three" });
    const lines: string[] = [];
    await readLogs(ask(lines));
    assert.deepEqual(lines, ["bos-1: one", "bos-1: two", "bos-2: three"]);
    const { query } = server.requests.find(logOf("bos-1")) ?? { query: {} };
    assert.deepEqual(query, { container: "web", sinceSeconds: "600", tailLines: "20" });
  });

  it("are asked for by the services' label", async () => {
    for (const services of [[], ["bos", "fxsuite"]]) {
      listed([]);
      await readLogs({ ...ask([]), services });
    }
    assert.deepEqual(
      server.requests.filter(({ path }) => path.endsWith("/pods")).map(({ query }) => query["labelSelector"]),
      ["ed8k.dev/service", "ed8k.dev/service in (bos,fxsuite)"],
    );
  });

  it("that cannot be read are told, and keep nobody from the others", async () => {
    listed(["bos-1", "bos-2"]);
    server.fail({ when: logOf("bos-1"), answer: 500, body: { message: "no kubelet" } });
    server.fail({ when: logOf("bos-2"), answer: 200, body: "three\n" });
    const [lines, faults]: [string[], string[]] = [[], []];
    await readLogs(ask(lines, faults));
    assert.deepEqual([lines, faults], [["bos-2: three"], ["bos-1: no kubelet"]]);
  });

  it("of which none can be read are an error", async () => {
    listed(["bos-1"]);
    server.fail({ when: logOf("bos-1"), answer: 500, body: { message: "no kubelet" } });
    await assert.rejects(readLogs(ask([])), { message: "no log can be read: bos-1: no kubelet" });
  });

  it("are followed until aborted, those of pods that come later too", async () => {
    listed(["bos-1"]);
    server.fail({ when: logOf("bos-1"), answer: 200, body: "one\n" });
    server.fail({ when: logOf("bos-2"), answer: 200, body: "two\n" });
    const lines: string[] = [];
    const request = { ...ask(lines), services: [] };
    const followed = followLogs({
      ...request,
      onLine: (line) => {
        request.onLine(line);
        if (lines.length === 1) server.fail({ when: ({ query }) => query["watch"] === "true", ...added("bos-2") });
        if (lines.length === 1) for (const watch of server.watches) watch.end();
        if (lines.length === 2) setImmediate(() => controller.abort());
      },
    });
    await followed;
    assert.deepEqual(lines, ["bos-1: one", "bos-2: two"]);
    assert.equal(server.requests.find(logOf("bos-2"))?.query["follow"], "true");
  });

  const added = (name: string) => ({ answer: 200, body: `${JSON.stringify({ type: "ADDED", object: pod(name) })}\n` });
});
