import assert from "node:assert/strict";
import { forwardService, type Ready } from "../../../../ed8kctl/forward/forward-service.js";
import { listen, portOf } from "../../../../ed8kctl/forward/listen.js";
import type { OpenTunnel } from "../../../../ed8kctl/forward/tunnel.js";
import { FakeApiServer } from "../../kube/fake-api-server.js";
import { live } from "../live/objects.js";

describe("forwarding to a Service", () => {
  let server: FakeApiServer;
  let controller: AbortController;
  beforeEach(async () => {
    server = await FakeApiServer.start();
    controller = new AbortController();
  });
  afterEach(() => server.stop());

  const endpoint = { service: "bos-web", port: 80, portName: "http" };
  const pods = (...names: readonly string[]) => {
    const endpoints = names.map((name) => ({ conditions: { ready: true }, targetRef: { name } }));
    const metadata = { namespace: "alice", labels: { "kubernetes.io/service-name": "bos-web" } };
    const slice = live("EndpointSlice a", { ports: [{ name: "http", port: 8000 }], endpoints }, metadata);
    server.put({ ...slice, apiVersion: "discovery.k8s.io/v1" });
  };
  const opened: OpenTunnel = () =>
    Promise.resolve({ port: 1, ended: new Promise<string>(() => undefined), close: () => undefined });

  async function forward(open: OpenTunnel, at: (news: readonly unknown[]) => void) {
    const listening = await listen({ local: undefined, port: 47_000 });
    const local = portOf(listening);
    const news: unknown[] = [];
    const tell = (what: unknown): void => {
      news.push(what);
      setImmediate(() => at(news));
    };
    const onReady = ({ local: port, ...ready }: Ready): void => tell({ ...ready, isLocal: port === local });
    const ended = forwardService(
      { endpoint, server: listening },
      {
        client: server.client(),
        environment: "alice",
        open,
        signal: controller.signal,
        onReady,
        onChange: (line) => tell(line.replace(`:${local}`, ":LOCAL")),
        why: () => Promise.resolve("bos-web-1 crashes"),
      },
    );
    await ended;
    assert.equal(listening.listening, false);
    return news;
  }

  it("tells when it is ready, and when the pod is another one", async () => {
    pods("a");
    const news = await forward(opened, ({ length }) => {
      if (length === 1) pods("b");
      if (length === 2) pods();
      if (length === 3) pods("c");
      if (length === 4) controller.abort();
    });
    assert.deepEqual(news, [
      { service: "bos-web", port: 80, host: "127.0.0.1", pod: "a", isLocal: true },
      "bos-web: 127.0.0.1:LOCAL leads to b now",
      "bos-web: b is not ready any more; connections wait for the next",
      "bos-web: 127.0.0.1:LOCAL leads to c now",
    ]);
  });

  it("tells after a while why there is no pod", async () => {
    const news = await forward(opened, () => controller.abort());
    assert.deepEqual(news, ["bos-web: waits for a pod that is ready: bos-web-1 crashes"]);
  }).timeout(6000);

  it("goes on when the API server was away for a moment, which is told once", async () => {
    pods("a");
    let opens = 0;
    // What leads through the API server is refused meanwhile, the first time as well as the second.
    const through: OpenTunnel = (way) =>
      ++opens > 1 && opens < 4 ? Promise.reject(new Error("refused")) : opened(way);
    const news = await forward(through, ({ length }) => {
      if (length === 1) void server.goAway();
      if (length === 2) {
        pods("b");
        void server.comeBack();
      }
      if (length === 4) controller.abort();
    });
    assert.deepEqual(news.slice(1), [
      `bos-web: The cluster of context "fake" at ${server.url} cannot be reached: nothing listens there (connection refused); trying again`,
      "bos-web: refused; trying again",
      "bos-web: 127.0.0.1:LOCAL leads to b now",
    ]);
  }).timeout(10_000);

  it("tells once what cuts the way to a pod that should answer", async () => {
    pods("a");
    let calls = 0;
    const refused = "error forwarding port 8000: connection refused";
    const cut: OpenTunnel = () => {
      calls += 1;
      if (calls === 3) setImmediate(() => controller.abort());
      return Promise.resolve({ port: 1, ended: Promise.resolve(refused), close: () => undefined });
    };
    const news = await forward(cut, () => undefined);
    assert.deepEqual(news.slice(1), [`bos-web: a did not answer: ${refused}; trying again`]);
  });

  it("ends when not even the first pod can be reached, and goes on when a later one cannot", async () => {
    pods("a");
    await assert.rejects(
      forward(
        () => Promise.reject(new Error("refused")),
        () => undefined,
      ),
      { message: "refused" },
    );
    let calls = 0;
    const second: OpenTunnel = (way) => (++calls === 2 ? Promise.reject(new Error("refused")) : opened(way));
    const news = await forward(second, ({ length }) => {
      if (length === 1) pods("b");
      if (length === 3) controller.abort();
    });
    assert.deepEqual(news.slice(1), ["bos-web: refused; trying again", "bos-web: 127.0.0.1:LOCAL leads to b now"]);
  });
});
