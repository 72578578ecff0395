import assert from "node:assert/strict";
import type { BackgroundServer } from "../../../../sandbox/jobs/background.js";
import { startRelay } from "../../../../sandbox/jobs/relay.js";
import { begins, connected, freePort, tcpServer, type TestServer, textOf, until } from "./sockets.js";

describe("the relay to the API server", () => {
  let relay: BackgroundServer | undefined;
  let target: TestServer | undefined;
  const lines: string[] = [];
  afterEach(async () => {
    await relay?.stop();
    await target?.stop();
    [relay, target] = [undefined, undefined];
    lines.length = 0;
  });

  const start = async (to: number, slice = "127.0.0.0/16"): Promise<BackgroundServer> => {
    relay = await startRelay({ host: "127.0.0.1", port: 0, to, slice, log: (line) => lines.push(line) });
    return relay;
  };

  it("hands on what both sides say", async () => {
    target = await tcpServer((socket) => socket.on("data", (chunk) => socket.write(`<${chunk.toString("utf8")}>`)));
    const socket = await connected((await start(target.port)).port);
    socket.write("one");
    assert.equal(await begins(socket, 5), "<one>");
    socket.write("two");
    assert.equal(await begins(socket, 5), "<two>");
    socket.destroy();
  });

  it("hands on the end of one direction, and all that comes after it in the other", async () => {
    const size = 4_000_000;
    target = await tcpServer((socket) => {
      void textOf(socket).then((asked) => socket.end(asked + "x".repeat(size)));
    });
    const socket = await connected((await start(target.port)).port);
    socket.end("asked:");
    const answer = await textOf(socket);
    assert.equal(answer.length, "asked:".length + size);
    assert.equal(answer.slice(0, 7), "asked:x");
    await until(() => target?.sockets[0]?.destroyed === true);
  });

  it("has many connections at once, as there are watches", async () => {
    target = await tcpServer((socket) => socket.pipe(socket));
    const { port } = await start(target.port);
    const sockets = await Promise.all(Array.from({ length: 200 }, () => connected(port)));
    const answers = await Promise.all(
      sockets.map((socket, index) => {
        const text = String(index).padStart(3, "0");
        socket.write(text);
        return begins(socket, 3);
      }),
    );
    assert.deepEqual(
      answers,
      sockets.map((_, index) => String(index).padStart(3, "0")),
    );
    for (const socket of sockets) socket.destroy();
  });

  it("ends the other side's connection when one breaks", async () => {
    target = await tcpServer((socket) => socket.write("hello"));
    const { port } = await start(target.port);
    const leaving = await connected(port);
    assert.equal(await begins(leaving, 5), "hello");
    leaving.resetAndDestroy();
    await until(() => target?.sockets[0]?.destroyed === true);
    const left = await connected(port);
    assert.equal(await begins(left, 5), "hello");
    target.sockets[1]?.resetAndDestroy();
    await until(() => left.destroyed);
    assert.deepEqual(lines, []);
  });

  it("outlives a target that is away, tells it once, and works again when it is back", async () => {
    const to = await freePort();
    const { port } = await start(to);
    for (let time = 0; time < 3; time += 1) {
      const socket = await connected(port);
      await until(() => socket.destroyed);
    }
    assert.deepEqual(lines, [`relay: 127.0.0.1:${to} does not answer: connect ECONNREFUSED 127.0.0.1:${to}`]);
  });

  it("cuts off whoever is outside of the sandbox's addresses, before the target hears of it", async () => {
    target = await tcpServer((socket) => socket.write("hello"));
    const socket = await connected((await start(target.port, "10.27.0.0/16")).port);
    assert.equal(await textOf(socket), "");
    assert.deepEqual([target.sockets.length, lines.length], [0, 0]);
  });

  it("cuts every connection when it is stopped", async () => {
    target = await tcpServer((socket) => socket.write("hello"));
    const { port, stop } = await start(target.port);
    const socket = await connected(port);
    assert.equal(await begins(socket, 5), "hello");
    const half = await connected(port);
    half.end();
    assert.equal(await begins(half, 5), "hello");
    await stop();
    await until(() => socket.destroyed && half.destroyed);
    await until(() => target?.sockets[0]?.destroyed === true);
    await assert.rejects(connected(port), { code: "ECONNREFUSED" });
    relay = undefined;
  });

  it("cannot be started where something else listens", async () => {
    target = await tcpServer(() => undefined);
    const { port } = target;
    await assert.rejects(startRelay({ host: "127.0.0.1", port, to: 1, slice: "127.0.0.0/8", log: () => undefined }), {
      code: "EADDRINUSE",
    });
  });
});
