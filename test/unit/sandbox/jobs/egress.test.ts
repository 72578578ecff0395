import assert from "node:assert/strict";
import net from "node:net";
import { networkInterfaces } from "node:os";
import type { BackgroundServer } from "../../../../sandbox/jobs/background.js";
import { type EgressOptions, type Network, startEgress } from "../../../../sandbox/jobs/egress.js";
import { begins, connected, freePort, tcpServer, type TestServer, textOf, until } from "./sockets.js";

const OK = "HTTP/1.1 200 Connection Established\r\n\r\n";
/** An address for documentation, which is nobody's (RFC 5737). */
const REGISTRY = { address: "192.0.2.1", family: 4 };

/** Every name is the registry's, which is played by a server of the test. */
function leadsTo(port: number): Network {
  return {
    own: () => [],
    lookup: () => Promise.resolve([REGISTRY]),
    connect: () => net.connect({ host: "127.0.0.1", port, allowHalfOpen: true }),
  };
}

describe("the way to registries", () => {
  let egress: BackgroundServer | undefined;
  let target: TestServer | undefined;
  const lines: string[] = [];
  afterEach(async () => {
    await egress?.stop();
    await target?.stop();
    [egress, target] = [undefined, undefined];
    lines.length = 0;
  });

  const start = async (changes: Partial<EgressOptions> = {}): Promise<number> => {
    const log = (line: string): unknown => lines.push(line);
    const rules = { from: "127.0.0.1", slice: "10.27.0.0/16" };
    egress = await startEgress({ host: "127.0.0.1", port: 0, ...rules, log, ...changes });
    return egress.port;
  };

  const ask = async (port: number, text: string): Promise<string> => {
    const socket = await connected(port);
    socket.write(text);
    return textOf(socket);
  };

  for (const asked of [
    ...["127.0.0.1:443", "127.1.2.3:443", "localhost:6443", "0.0.0.0:443", "[::1]:443", "[::]:443"],
    ...["[::ffff:127.0.0.1]:443", "[fe80::1]:443", "169.254.169.254:80", "10.27.0.1:16443", "10.27.255.255:443"],
    ...["[::ffff:10.27.16.1]:443", "2130706433:443"],
  ]) {
    it(`refuses ${asked}`, async () => {
      const answer = await ask(await start(), `CONNECT ${asked} HTTP/1.1\r\nHost: ${asked}\r\n\r\n`);
      assert.match(answer, /^HTTP\/1\.1 403 Forbidden\r\n/);
      assert.match(answer, /is refused: .* is this machine or the sandbox itself\n$/);
      assert.match(lines[0] ?? "", new RegExp(`^egress: ${asked.replaceAll(/[[\].]/g, "\\$&")} is refused`));
    });
  }

  it("refuses a name of which one address is this machine's", async () => {
    const addresses = [REGISTRY, { address: "127.0.0.1", family: 4 }];
    const port = await start({ network: { ...leadsTo(0), lookup: () => Promise.resolve(addresses) } });
    assert.match(await ask(port, "CONNECT evil.example.com:443 HTTP/1.1\r\n\r\n"), /^HTTP\/1\.1 403 /);
  });

  it("refuses every address that this machine has by now, in every family", async () => {
    const own = ["127.0.0.1"];
    const names: Readonly<Record<string, string>> = {
      four: "198.51.100.7",
      mapped: "::ffff:198.51.100.7",
      six: "2001:db8::7",
    };
    const lookup = (name: string) => Promise.resolve([{ address: names[name] ?? "", family: name === "four" ? 4 : 6 }]);
    const port = await start({ network: { ...leadsTo(await freePort()), own: () => own, lookup } });
    const statusOf = async (name: string): Promise<string> =>
      (await ask(port, `CONNECT ${name}:443 HTTP/1.1\r\n\r\n`)).slice(9, 12);
    assert.deepEqual(await Promise.all(Object.keys(names).map(statusOf)), ["502", "502", "502"]);
    own.push("198.51.100.7", "2001:db8::7");
    assert.deepEqual(await Promise.all(Object.keys(names).map(statusOf)), ["403", "403", "403"]);
  });

  it("refuses the addresses of this very machine", async () => {
    const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
    const asked = own.filter(({ address }) => !address.startsWith("fe80"));
    assert.ok(asked.length > 0);
    const port = await start();
    for (const { address, family } of asked) {
      const host = family === "IPv6" ? `[${address}]` : address;
      assert.match(await ask(port, `CONNECT ${host}:443 HTTP/1.1\r\n\r\n`), /^HTTP\/1\.1 403 /, host);
    }
  });

  it("refuses everybody but the node", async () => {
    const port = await start({ from: "10.27.0.2", network: leadsTo(0) });
    const answer = await ask(port, "CONNECT registry.example.com:443 HTTP/1.1\r\n\r\n");
    assert.match(answer, /^HTTP\/1\.1 403 Forbidden\r\n.*\r\n\r\nonly the node may use this proxy\n$/s);
  });

  for (const method of ["GET http://example.com/", "POST /", "GET /v2/"]) {
    it(`refuses ${method}`, async () => {
      const answer = await ask(await start(), `${method} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
      assert.match(answer, /^HTTP\/1\.1 405 Method Not Allowed\r\nallow: CONNECT\r\n/);
    });
  }

  for (const asked of ["registry.example.com", ":443", "registry.example.com:99999", "registry.example.com:https"]) {
    it(`refuses ${asked}, which is no host and port`, async () => {
      assert.match(await ask(await start(), `CONNECT ${asked} HTTP/1.1\r\n\r\n`), /^HTTP\/1\.1 400 Bad Request\r\n/);
    });
  }

  it("connects to the addresses that it has looked at, and hands on what came with the request", async () => {
    target = await tcpServer((socket) => socket.pipe(socket));
    const seen: unknown[] = [];
    const network = leadsTo(target.port);
    const port = await start({
      network: {
        ...network,
        connect: (addresses, wanted) => {
          seen.push([addresses, wanted]);
          return network.connect(addresses, wanted);
        },
      },
    });
    const socket = await connected(port);
    socket.write("CONNECT registry.example.com:5000 HTTP/1.1\r\n\r\nhello");
    assert.equal(await begins(socket, OK.length + 5), `${OK}hello`);
    socket.end("bye");
    assert.equal(await textOf(socket), "bye");
    await until(() => target?.sockets[0]?.destroyed === true);
    assert.deepEqual(seen, [[[REGISTRY], 5000]]);
    assert.deepEqual(lines, []);
  });

  it("says why a registry cannot be reached, and to the log once", async () => {
    const to = await freePort();
    const port = await start({ network: leadsTo(to) });
    const request = "CONNECT registry.example.com:443 HTTP/1.1\r\n\r\n";
    const reason = `registry.example.com:443: connect ECONNREFUSED 127.0.0.1:${to}`;
    for (let time = 0; time < 2; time += 1) {
      const answer = await ask(port, request);
      assert.match(answer, /^HTTP\/1\.1 502 Bad Gateway\r\n/);
      assert.ok(answer.endsWith(`\r\n\r\n${reason}\n`), answer);
    }
    assert.deepEqual(lines, [`egress: ${reason}`]);
  });

  it("says so when a name is not known", async () => {
    const lookup = (): Promise<never> => Promise.reject(new Error("getaddrinfo ENOTFOUND nowhere.example.com"));
    const port = await start({ network: { ...leadsTo(0), lookup } });
    const answer = await ask(port, "CONNECT nowhere.example.com:443 HTTP/1.1\r\n\r\n");
    assert.match(
      answer,
      /^HTTP\/1\.1 502 .*nowhere\.example\.com:443: getaddrinfo ENOTFOUND nowhere\.example\.com\n$/s,
    );
  });

  it("ends both sides when it is stopped", async () => {
    target = await tcpServer((socket) => socket.write("hello"));
    const socket = await connected(await start({ network: leadsTo(target.port) }));
    socket.write("CONNECT registry.example.com:443 HTTP/1.1\r\n\r\n");
    await begins(socket, OK.length + 5);
    await egress?.stop();
    egress = undefined;
    await until(() => target?.sockets[0]?.destroyed === true);
  });
});
