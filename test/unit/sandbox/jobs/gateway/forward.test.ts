import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";
import type { Socket } from "node:net";
import { begins, connected, until } from "../sockets.js";
import { HOST, openGateway, type TestGateway } from "./open-gateway.js";

describe("what the gateway hands on", () => {
  let gateway: TestGateway;
  beforeEach(async () => {
    gateway = await openGateway();
  });
  afterEach(async () => {
    assert.deepEqual(gateway.lines, []);
    await gateway.stop();
  });

  it("hands on request and answer as they are: method, path, headers, body, cookies", async () => {
    const seen: unknown[] = [];
    gateway.upstream.on("request", (request: http.IncomingMessage, response: http.ServerResponse) => {
      void bodyOf(request).then((body) => {
        const { method, url, rawHeaders } = request;
        seen.push({ method, url, headers: pairs(rawHeaders), body });
        response.writeHead(201, "Made", ["Set-Cookie", "a=1", "Set-Cookie", "b=2", "X-Own", "yes", "Keep-Alive", "no"]);
        response.end("answer");
      });
    });
    const answer = await gateway.raw(
      "POST /deals/%20x?y=1&z=/ HTTP/1.1",
      `Host: ${HOST}:8080`,
      "Content-Length: 4",
      "X-Twice: 1",
      "X-Twice: 2",
      "X-Forwarded-For: 6.6.6.6",
      "Forwarded: for=6.6.6.6",
      "X-Own: gone",
      "TE: trailers",
      "Connection: close, X-Own",
      "",
      "body",
    );
    assert.deepEqual(seen, [
      {
        method: "POST",
        url: "/deals/%20x?y=1&z=/",
        headers: [
          `Host: ${HOST}:8080`,
          "Content-Length: 4",
          "X-Twice: 1",
          "X-Twice: 2",
          "X-Forwarded-For: 127.0.0.1",
          `X-Forwarded-Host: ${HOST}:8080`,
          `X-Forwarded-Port: ${gateway.port}`,
          "X-Forwarded-Proto: http",
          "Connection: close",
        ],
        body: "body",
      },
    ]);
    const [head = "", body] = answer.split("\r\n\r\n", 2);
    assert.equal(body?.includes("answer"), true);
    const [status, ...headers] = head.split("\r\n").filter((line) => !line.startsWith("Date: "));
    assert.equal(status, "HTTP/1.1 201 Made");
    assert.deepEqual(headers, [
      "Set-Cookie: a=1",
      "Set-Cookie: b=2",
      "X-Own: yes",
      "Connection: close",
      "Transfer-Encoding: chunked",
    ]);
  });

  it("hands on bodies as they come, in both directions", async () => {
    gateway.upstream.on("request", (request: http.IncomingMessage, response: http.ServerResponse) =>
      request.pipe(response),
    );
    const request = http.request({ port: gateway.port, host: "127.0.0.1", method: "POST", headers: { host: HOST } });
    request.write("one");
    const [answer] = (await once(request, "response")) as [http.IncomingMessage];
    for (const text of ["one", "two"]) {
      if (text === "two") request.write(text);
      const [chunk] = (await once(answer, "data")) as [Buffer];
      assert.equal(chunk.toString("utf8"), text);
    }
    request.end();
    answer.resume();
    await once(answer, "end");
    assert.equal(answer.complete, true);
  });

  it("shows an answer's head before its first byte, as streams of events need it", async () => {
    gateway.upstream.on("request", (_request: unknown, response: http.ServerResponse) => response.flushHeaders());
    const request = http.get({ port: gateway.port, host: "127.0.0.1", headers: { host: HOST } });
    const [answer] = (await once(request, "response")) as [http.IncomingMessage];
    assert.equal(answer.statusCode, 200);
    request.on("error", () => undefined).destroy();
  });

  it("serves several requests of one connection, each on one of its own", async () => {
    const sockets = new Set<Socket>();
    gateway.upstream.on("request", ({ socket }: http.IncomingMessage, response: http.ServerResponse) => {
      sockets.add(socket);
      response.end();
    });
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    const own = new Set<unknown>();
    for (let time = 0; time < 3; time += 1) {
      const request = http.get({ port: gateway.port, host: "127.0.0.1", agent, headers: { host: HOST } });
      const [answer] = (await once(request, "response")) as [http.IncomingMessage];
      own.add(request.socket);
      answer.resume();
      await once(answer, "end");
    }
    agent.destroy();
    assert.deepEqual([own.size, sockets.size], [1, 3]);
  });

  it("answers HEAD, 204 and 304 without a body", async () => {
    gateway.upstream.on("request", ({ url }: http.IncomingMessage, response: http.ServerResponse) => {
      response.writeHead(Number(url?.slice(1)), { "content-length": url === "/200" ? "5" : "0" }).end();
    });
    assert.match(
      await gateway.raw("HEAD /200 HTTP/1.1", `Host: ${HOST}`, "Connection: close"),
      /^HTTP\/1\.1 200 OK\r\ncontent-length: 5\r\n.*\r\n\r\n$/s,
    );
    for (const status of ["204", "304"]) {
      assert.match(
        await gateway.raw(`GET /${status} HTTP/1.1`, `Host: ${HOST}`, "Connection: close"),
        new RegExp(`^HTTP/1\\.1 ${status} .*\\r\\n\\r\\n$`, "s"),
      );
    }
  });

  it("ends the service's request when the browser goes", async () => {
    let isClosed = false;
    gateway.upstream.on("request", (request: http.IncomingMessage) => request.once("close", () => (isClosed = true)));
    const socket = await connected(gateway.port);
    socket.write(`GET / HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`);
    await once(gateway.upstream, "request");
    socket.destroy();
    await until(() => isClosed);
  });

  it("cuts an answer that breaks off, so that it does not look whole", async () => {
    gateway.upstream.on("request", (_request: unknown, response: http.ServerResponse) => {
      response.write("half", () => response.socket?.resetAndDestroy());
    });
    const answer = await gateway.raw("GET / HTTP/1.1", `Host: ${HOST}`);
    assert.match(answer, /\r\n\r\n4\r\nhalf\r\n$/);
  });

  it("hands on another protocol, with what came first on either side", async () => {
    gateway.upstream.on("upgrade", (request: http.IncomingMessage, socket: Socket, head: Buffer) => {
      const accept = `Sec-WebSocket-Accept: ${String(request.headers["sec-websocket-key"])}`;
      const upgrade = `Upgrade: ${String(request.headers.upgrade)}\r\nConnection: ${String(request.headers.connection)}`;
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${upgrade}\r\n${accept}\r\n\r\nfirst`);
      socket.write(head);
      socket.pipe(socket);
    });
    const socket = await connected(gateway.port);
    const lead = [
      "GET /ws HTTP/1.1",
      `Host: ${HOST}`,
      "Upgrade: websocket",
      "Connection: keep-alive, Upgrade",
      "Sec-WebSocket-Key: k",
    ];
    socket.write(`${lead.join("\r\n")}\r\n\r\nhello`);
    const head = [
      "HTTP/1.1 101 Switching Protocols",
      "Sec-WebSocket-Accept: k",
      "Connection: Upgrade",
      "Upgrade: websocket",
    ];
    const expected = `${head.join("\r\n")}\r\n\r\nfirsthello`;
    assert.equal(await begins(socket, expected.length), expected);
    socket.write("more");
    assert.equal(await begins(socket, 4), "more");
    socket.end();
    await until(() => socket.destroyed);
  });

  it("hands back what a service says that does not want another protocol", async () => {
    gateway.upstream.on("request", (_request: unknown, response: http.ServerResponse) =>
      response.writeHead(426).end("no"),
    );
    const answer = await gateway.raw("GET / HTTP/1.1", `Host: ${HOST}`, "Upgrade: websocket", "Connection: Upgrade");
    assert.match(answer, /^HTTP\/1\.1 426 Upgrade Required\r\n.*Connection: close\r\n\r\nno$/s);
  });

  for (const [start, what] of [
    ["HTTP/1.1 099 X", "Invalid status code: 99"],
    ["HTTP/1.1 000 X", "Invalid status code: 0"],
    ["HTTP/1.1 200 O\x01K", "Invalid character in statusMessage"],
    ["HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade", "another protocol"],
  ] as const) {
    it(`tells of an answer that is no HTTP, and goes on: ${JSON.stringify(start)}`, async () => {
      gateway.upstream.on("connection", (socket: Socket) => {
        socket.on("error", () => undefined).end(`${start}\r\nContent-Length: 0\r\n\r\n`);
      });
      for (let time = 0; time < 2; time += 1) {
        const answer = await gateway.raw("GET / HTTP/1.1", `Host: ${HOST}`, "Connection: close");
        assert.match(answer, /^HTTP\/1\.1 502 Bad Gateway\r\n/);
        assert.ok(answer.includes(`The Service alice/web, port http, answers what is no HTTP: ${what}`), answer);
      }
    });
  }

  it("outlives a browser that wants another protocol of an unknown host, and goes", async () => {
    for (let time = 0; time < 5; time += 1) {
      const socket = await connected(gateway.port);
      socket.write("GET / HTTP/1.1\r\nHost: nobody\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n", () =>
        socket.resetAndDestroy(),
      );
      await once(socket, "close");
    }
    const answer = await gateway.raw("GET / HTTP/1.1", "Host: nobody", "Upgrade: websocket", "Connection: Upgrade");
    assert.match(answer, /^HTTP\/1\.1 404 Not Found\r\n/);
  });

  it("hands back an answer that comes before the body is there", async () => {
    gateway.upstream.on("request", (_request: unknown, response: http.ServerResponse) => response.writeHead(413).end());
    const socket = await connected(gateway.port);
    socket.write(`POST / HTTP/1.1\r\nHost: ${HOST}\r\nContent-Length: 50000000\r\n\r\n`);
    assert.match(await begins(socket, 20), /^HTTP\/1\.1 413 Payload/);
    socket.destroy();
  });
});

async function bodyOf(message: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

function pairs(rawHeaders: readonly string[]): string[] {
  return rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [`${name}: ${rawHeaders[index + 1] ?? ""}`] : []));
}
