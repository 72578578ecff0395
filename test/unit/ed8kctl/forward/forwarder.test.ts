import assert from "node:assert/strict";
import { once } from "node:events";
import net from "node:net";
import { Forwarder } from "../../../../ed8kctl/forward/forwarder.js";
import { listen, LOOPBACK, portOf } from "../../../../ed8kctl/forward/listen.js";
import type { OpenTunnel, Tunnel } from "../../../../ed8kctl/forward/tunnel.js";
import { waitFor } from "./wait-for.js";

/** Pods that answer each connection with their name, once the other side has said all. */
class FakePods {
  readonly opened: string[] = [];
  readonly closed: string[] = [];
  /** Cuts the tunnel to a pod, as its death does. */
  readonly cut = new Map<string, () => void>();
  refusals = 0;

  readonly open: OpenTunnel = async ({ pod }): Promise<Tunnel> => {
    this.opened.push(pod);
    if (this.refusals > 0) {
      this.refusals -= 1;
      throw new Error("refused");
    }
    const sockets = new Set<net.Socket>();
    const server = net.createServer({ allowHalfOpen: true }, (socket) => {
      sockets.add(socket);
      let said = "";
      socket.on("error", () => undefined);
      socket.on("data", (chunk) => (said += chunk.toString()));
      socket.on("end", () => socket.end(`${pod} heard ${said}`));
    });
    server.listen(0, LOOPBACK);
    await once(server, "listening");
    const port = portOf(server);
    let isClosed = false;
    let end = (_: string): void => undefined;
    const ended = new Promise<string>((done) => (end = done));
    const close = (): void => {
      if (isClosed) return;
      isClosed = true;
      this.closed.push(pod);
      for (const socket of sockets) socket.destroy();
      server.close();
      end("lost");
    };
    this.cut.set(pod, close);
    return { port, ended, close };
  };
}

describe("a forwarded port", () => {
  let pods: FakePods;
  let controller: AbortController;
  let server: net.Server;
  let forwarder: Forwarder;
  const news: string[] = [];

  beforeEach(async () => {
    news.length = 0;
    pods = new FakePods();
    controller = new AbortController();
    server = await listen({ local: undefined, port: 46_000 });
    const listener = {
      onWay: ({ pod }: { readonly pod: string }) => news.push(`to ${pod}`),
      onNoWay: () => news.push("nowhere"),
      onCut: ({ pod }: { readonly pod: string }, why: string) => news.push(`${why} ${pod}`),
      onFault: (error: Error, isFatal: boolean) => news.push(`${error.message}${isFatal ? " for good" : ""}`),
    };
    forwarder = new Forwarder(pods.open, listener, { signal: controller.signal, patienceMs: 1500 });
    server.on("connection", (socket) => void forwarder.take(socket));
  });
  afterEach(() => {
    controller.abort();
    server.close();
  });

  const way = (pod: string) => ({ pod, port: 8000 });

  /** Sends a word and gives the whole answer. */
  async function ask(word: string): Promise<string> {
    const socket = net.connect({ port: portOf(server), host: LOOPBACK, allowHalfOpen: true });
    let answer = "";
    socket.on("error", () => undefined);
    socket.on("data", (chunk) => (answer += chunk.toString()));
    socket.end(word);
    await once(socket, "close");
    return answer;
  }

  it("leads all connections to one ready pod, in both directions to the end", async () => {
    forwarder.setWays([way("a"), way("b")]);
    assert.deepEqual(await Promise.all([ask("one"), ask("two")]), ["a heard one", "a heard two"]);
    assert.deepEqual(pods.opened, ["a"]);
    assert.deepEqual(news, ["to a"]);
  });

  it("leads to the next pod when the first is not ready any more", async () => {
    forwarder.setWays([way("a"), way("b")]);
    assert.equal(await ask("one"), "a heard one");
    forwarder.setWays([way("b")]);
    assert.equal(await ask("two"), "b heard two");
    assert.deepEqual(news, ["to a", "to b"]);
    assert.deepEqual(pods.closed, ["a"]);
  });

  it("lets what it still serves go on, and ends its tunnel after the last", async () => {
    forwarder.setWays([way("a")]);
    const long = net.connect({ port: portOf(server), host: LOOPBACK, allowHalfOpen: true });
    let answer = "";
    long.on("data", (chunk) => (answer += chunk.toString()));
    long.write("begun");
    assert.equal(await ask("one"), "a heard one");
    forwarder.setWays([way("b")]);
    assert.equal(await ask("two"), "b heard two");
    assert.deepEqual(pods.closed, []);
    long.end(" ended");
    await once(long, "close");
    assert.equal(answer, "a heard begun ended");
    await waitFor(() => pods.closed.length === 1);
    assert.deepEqual(pods.closed, ["a"]);
  });

  it("keeps connections waiting while there is no pod, and leads them to the first", async () => {
    const waiting = [ask("one"), ask("two")];
    setTimeout(() => forwarder.setWays([way("a")]), 50);
    assert.deepEqual(await Promise.all(waiting), ["a heard one", "a heard two"]);
    forwarder.setWays([]);
    const next = ask("three");
    setTimeout(() => forwarder.setWays([way("b")]), 50);
    assert.equal(await next, "b heard three");
    assert.deepEqual(news, ["to a", "nowhere", "to b"]);
  });

  it("ends connections that wait in vain", async () => {
    const started = Date.now();
    assert.equal(await ask("one"), "");
    assert.ok(Date.now() - started >= 1400);
  });

  it("opens another tunnel when one is cut", async () => {
    forwarder.setWays([way("a")]);
    assert.equal(await ask("one"), "a heard one");
    pods.cut.get("a")?.();
    assert.equal(await ask("two"), "a heard two");
    assert.deepEqual(pods.opened, ["a", "a"]);
  });

  it("tells that it cannot be opened, whether it ever could, and tries again", async () => {
    pods.refusals = 2;
    forwarder.setWays([way("a")]);
    assert.equal(await ask("one"), "a heard one");
    pods.refusals = 1;
    pods.cut.get("a")?.();
    assert.equal(await ask("two"), "a heard two");
    assert.deepEqual(news, ["refused for good", "to a", "lost a", "refused", "to a"]);
  }).timeout(6000);

  it("goes on to the next pod when the first is gone before its tunnel is open", async () => {
    pods.refusals = 1;
    forwarder.setWays([way("a")]);
    setTimeout(() => forwarder.setWays([way("b")]), 50);
    assert.equal(await ask("one"), "b heard one");
    assert.deepEqual(pods.opened, ["a", "b"]);
    assert.deepEqual(news, ["to b"]);
  });

  it("leaves nothing open in the end", async () => {
    forwarder.setWays([way("a")]);
    assert.equal(await ask("one"), "a heard one");
    const open = net.connect({ port: portOf(server), host: LOOPBACK });
    open.on("error", () => undefined);
    await once(open, "connect");
    controller.abort();
    await once(open, "close");
    assert.deepEqual(pods.closed, ["a"]);
  });
});
