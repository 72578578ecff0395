import assert from "node:assert/strict";
import net from "node:net";
import { basePort, checkPorts, portHolder, sandboxPorts } from "../../../sandbox/ports.js";
import { errorOf } from "./scratch.js";

describe("ports of the sandbox", () => {
  it("count from ED8K_SANDBOX_PORT, or from 16440", () => {
    assert.equal(basePort({}), 16440);
    assert.equal(basePort({ ED8K_SANDBOX_PORT: "20000" }), 20000);
    assert.deepEqual(sandboxPorts(20000), {
      etcd: 20001,
      aws: 20002,
      apiServer: 20003,
      controllerManager: 20004,
      scheduler: 20005,
      emulator: 20006,
      nodes: 20007,
      gateway: 20008,
      egress: 20009,
    });
  });

  for (const text of ["0", "80", "65530", "1e4", "-1", "x", "20000.5", " 20000"]) {
    it(`do not count from "${text}"`, () => {
      assert.throws(() => basePort({ ED8K_SANDBOX_PORT: text }), {
        name: "UserError",
        exit: "usage",
        message: `ED8K_SANDBOX_PORT is "${text}", but must be a whole number from 1024 to 65525`,
      });
    });
  }

  it("are told with their holder when they are busy, in one sentence", async () => {
    const base = 28610;
    await checkPorts(base);
    for (const [port, host] of [
      [base + 3, "127.0.0.1"],
      [base + 9, "0.0.0.0"],
    ] as const) {
      const server = net.createServer();
      await new Promise<void>((done) => server.listen(port, host, done));
      try {
        const error = await errorOf(() => checkPorts(base));
        const holder = process.platform === "linux" ? `: ${portHolder(port) ?? ""} holds it` : "";
        assert.equal(error.message, `port ${port} on 127.0.0.1 is busy${holder}`);
        if (process.platform === "linux") assert.match(error.message, new RegExp(`\\(pid ${process.pid}\\) holds it$`));
      } finally {
        await new Promise((done) => server.close(done));
      }
    }
  });

  it("of AWS may be busy where the sandbox does not play it", async () => {
    const base = 28680;
    const server = net.createServer();
    await new Promise<void>((done) => server.listen(base + 2, "127.0.0.1", done));
    try {
      await checkPorts(base);
      assert.match((await errorOf(() => checkPorts(base, true))).message, /^port 28682 on 127\.0\.0\.1 is busy/);
    } finally {
      await new Promise((done) => server.close(done));
    }
  });
});
