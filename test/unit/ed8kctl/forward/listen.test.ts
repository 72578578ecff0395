import assert from "node:assert/strict";
import type net from "node:net";
import { listen, LOOPBACK, portOf } from "../../../../ed8kctl/forward/listen.js";

describe("the local port of a forward", () => {
  const servers: net.Server[] = [];
  const take = async (local: number | undefined, port: number) => {
    const server = await listen({ local, port });
    servers.push(server);
    return server;
  };
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });
  /** Away from other tests, and another one each time. */
  const free = 42_000 + (process.pid % 10_000);

  it("is the one that is asked for, for this machine alone", async () => {
    const address = (await take(free, 80)).address();
    assert.deepEqual(address, { address: LOOPBACK, family: "IPv4", port: free });
  });

  it("is refused when it is busy, with who holds it", async () => {
    await take(free, 80);
    await assert.rejects(take(free, 80), (error: Error) => {
      const who = process.platform === "linux" ? `: \\S+ \\(pid ${process.pid}\\) holds it` : "";
      assert.match(error.message, new RegExp(`^port ${free} on 127\\.0\\.0\\.1 is busy${who}$`));
      return true;
    });
  });

  it("is the Service's own number, or the next that is free", async () => {
    assert.equal(portOf(await take(undefined, free)), free);
    assert.equal(portOf(await take(undefined, free)), free + 1);
  });

  it("is 8000 more where the number is root's", async () => {
    const port = portOf(await take(undefined, 1000));
    assert.ok(port >= 9000 && port < 9050, String(port));
  });
});
