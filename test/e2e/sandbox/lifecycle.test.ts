import assert from "node:assert/strict";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import net from "node:net";
import { delimiter, dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { credentialFiles, tokenOf } from "../../../sandbox/control-plane/credentials.js";
import { isAlive, partsOf } from "../../../sandbox/machine/processes.js";
import { checkPorts } from "../../../sandbox/ports.js";
import { sandboxStatus } from "../../../sandbox/status.js";
import { BASE_PORT, OwnSandbox, until } from "./own-sandbox.js";

const COMPONENTS = ["etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kwok"];

describe("the sandbox's life", () => {
  let sandbox: OwnSandbox;
  before(() => {
    sandbox = new OwnSandbox();
  });
  after(() => sandbox.remove());

  const mounts = (): string => readFileSync("/proc/self/mounts", "utf8");

  it("up: every component runs, all nodes are ready, and nothing is wrong", async () => {
    await sandbox.up(2);
    const status = await sandboxStatus();
    assert.equal(status?.fault, undefined);
    assert.equal(status?.phase, "ready");
    const { counts, ready, reason } = status.nodes;
    assert.deepEqual({ counts, ready, reason }, { counts: { simulated: 2 }, ready: 2, reason: "--nodes asked for it" });
    assert.deepEqual(
      status.components.map(({ name, state }) => `${name} ${state}`).sort(),
      COMPONENTS.map((name) => `${name} running`).sort(),
    );
  });

  it("listens on loopback only", () => {
    const pids = new Set(partsOf(sandbox.paths.folder).map(({ pid }) => pid));
    assert.deepEqual(
      listening(pids).sort(),
      [1, 3, 4, 5, 7].map((offset) => `127.0.0.1:${BASE_PORT + offset}`),
    );
  });

  it("keeps its secrets in files of its owner: none in arguments, variables, logs or records", () => {
    const { folder, logs, passphrase, settings, state } = sandbox.paths;
    assert.equal(statSync(folder).mode & 0o777, 0o700);
    assert.equal(statSync(passphrase).mode & 0o777, 0o600);
    const secrets = [tokenOf("ed8k-admin", credentialFiles(sandbox.paths)), readFileSync(passphrase, "utf8")];
    const shown = [
      ...partsOf(folder).flatMap(({ pid }) => [`/proc/${pid}/cmdline`, `/proc/${pid}/environ`]),
      ...[...COMPONENTS, "supervisor"].map((name) => join(logs, `${name}.log`)),
      settings,
      state,
    ];
    for (const file of shown) {
      const text = readFileSync(file, "utf8");
      assert.deepEqual(
        secrets.filter((secret) => text.includes(secret)),
        [],
        file,
      );
    }
  });

  it("up again: the same processes, in less than half a second", async () => {
    const before = COMPONENTS.map((name) => sandbox.pidOf(name));
    const start = Date.now();
    await sandbox.up();
    const took = Date.now() - start;
    assert.deepEqual(
      COMPONENTS.map((name) => sandbox.pidOf(name)),
      before,
    );
    assert.ok(took < 500, `${took} ms`);
  });

  it("up with other settings: refused while it runs", async () => {
    await assert.rejects(sandbox.up(5), {
      message: "the sandbox runs with 2 simulated nodes, not 5 simulated nodes",
      exit: "usage",
    });
    process.env["ED8K_SANDBOX_PORT"] = String(BASE_PORT + 20);
    await assert.rejects(sandbox.up(), {
      message: `the sandbox runs on ports from ${BASE_PORT}, not ${BASE_PORT + 20}`,
      exit: "usage",
    });
    process.env["ED8K_SANDBOX_PORT"] = String(BASE_PORT);
  });

  for (const name of COMPONENTS) {
    it(`heals ${name} when it is killed`, async () => {
      const killed = sandbox.pidOf(name);
      const { restarts } = sandbox.state.components.find((component) => component.name === name) ?? { restarts: 0 };
      process.kill(killed, "SIGKILL");
      await until(async () => (await sandbox.fault())?.startsWith(`${name} is down`) === true);
      await until(
        async () => (await sandbox.fault()) === undefined,
        () => sandbox.state,
      );
      const healed = sandbox.state.components.find((component) => component.name === name);
      assert.notEqual(healed?.process?.pid, killed);
      assert.equal(healed?.restarts, restarts + 1);
      assert.equal(healed.lastExit?.reason, "killed by SIGKILL");
      await sandbox.run("kubectl", "auth", "can-i", "create", "pods");
    });
  }

  it("says so when the supervisor is killed; up heals that, and the cluster keeps what was in it", async () => {
    await sandbox.run("kubectl", "create", "namespace", "kept");
    const { supervisor } = sandbox.state;
    process.kill(supervisor.pid, "SIGKILL");
    await until(() => !isAlive(supervisor));
    assert.equal(
      await sandbox.fault(),
      `the supervisor (process ${supervisor.pid}) was killed, so nothing is started again that ends`,
    );
    await sandbox.up();
    assert.equal(await sandbox.fault(), undefined);
    assert.match(await sandbox.run("kubectl", "get", "namespace", "kept"), /Active/);
  });

  it("down: no process, port, mount or file is left, and a second down has nothing to do", async () => {
    const mounted = mounts();
    assert.equal(await sandbox.down(), true);
    assert.deepEqual(sandbox.leftovers(), ["a folder", "tmp"]);
    assert.equal(mounts(), mounted);
    await checkPorts(BASE_PORT);
    assert.equal(await sandboxStatus(), undefined);
    assert.equal(await sandbox.down(), false);
  });

  it("two ups at once from nothing: one waits for the other, both end well", async () => {
    const processes = [sandbox.upProcess(), sandbox.upProcess()];
    const codes = await Promise.all(processes.map(async (child) => (await once(child, "exit"))[0] as number));
    assert.deepEqual(codes, [0, 0]);
    assert.equal(await sandbox.fault(), undefined);
    assert.equal(partsOf(sandbox.paths.folder).length, COMPONENTS.length + 1);
  });

  it("down after the supervisor and components were killed leaves nothing", async () => {
    process.kill(sandbox.state.supervisor.pid, "SIGKILL");
    process.kill(sandbox.pidOf("etcd"), "SIGKILL");
    await sandbox.down();
    assert.deepEqual(sandbox.leftovers(), ["a folder", "tmp"]);
  });

  for (const ms of [300, 900, 2200]) {
    it(`up killed after ${ms} ms: down cleans up; killed again, up finishes`, async () => {
      await killUp(ms);
      await sandbox.down();
      assert.deepEqual(sandbox.leftovers(), ["a folder", "tmp"]);
      await killUp(ms);
      await sandbox.up();
      assert.equal(await sandbox.fault(), undefined);
      assert.equal(partsOf(sandbox.paths.folder).length, COMPONENTS.length + 1);
      await sandbox.down();
    });
  }

  async function killUp(ms: number): Promise<void> {
    const child = sandbox.upProcess();
    const exit = once(child, "exit");
    await pause(ms);
    child.kill("SIGKILL");
    await exit;
  }

  it("ends by itself when somebody removes its folder", async () => {
    await sandbox.up();
    const parts = partsOf(sandbox.paths.folder);
    rmSync(sandbox.paths.folder, { recursive: true, force: true });
    await until(() => !parts.some(isAlive));
  });

  it("refuses a folder with other things in it, and down leaves it alone", async () => {
    mkdirSync(sandbox.paths.folder, { recursive: true });
    writeFileSync(join(sandbox.paths.folder, "thesis.txt"), "mine");
    await assert.rejects(sandbox.up(), {
      message: `${sandbox.paths.folder} is not a sandbox's folder, and it is not empty`,
    });
    await sandbox.down();
    assert.equal(existsSync(join(sandbox.paths.folder, "thesis.txt")), true);
    rmSync(dirname(sandbox.paths.folder), { recursive: true });
  });

  it("names the busy port and who holds it, and makes nothing", async () => {
    const server = net.createServer();
    await new Promise<void>((done) => server.listen(BASE_PORT + 4, "127.0.0.1", done));
    try {
      const comm = readFileSync("/proc/self/comm", "utf8").trim();
      await assert.rejects(sandbox.up(), {
        message: `port ${BASE_PORT + 4} on 127.0.0.1 is busy: ${comm} (pid ${process.pid}) holds it`,
        hint: `stop that program, or set ED8K_SANDBOX_PORT to a free base port (it is ${BASE_PORT} now)`,
      });
    } finally {
      await new Promise((done) => server.close(done));
    }
    assert.equal(await sandboxStatus(), undefined);
  });

  it("says why a component does not start, and leaves nothing running; then it starts with one that does", async () => {
    const path = process.env["PATH"] ?? "";
    const bin = join(sandbox.scratch, "bin");
    mkdirSync(bin);
    const script = 'case "$1" in --version) echo "etcd Version: 3.6.1";; *) echo "panic: no luck" >&2; exit 3;; esac';
    writeFileSync(join(bin, "etcd"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    process.env["PATH"] = `${bin}${delimiter}${path}`;
    await assert.rejects(sandbox.up(), {
      name: "UserError",
      message: "the sandbox does not start: etcd does not start: ended with exit code 3: panic: no luck",
    });
    assert.deepEqual(partsOf(sandbox.paths.folder), []);
    process.env["PATH"] = path;
    rmSync(bin, { recursive: true });
    await sandbox.up();
    assert.equal(await sandbox.fault(), undefined);
    await sandbox.down();
  });

  it("says what is missing on a machine without Go and with an empty cache", async () => {
    process.env["PATH"] = sandbox.temporary;
    process.env["ED8K_CACHE"] = join(sandbox.scratch, "cache");
    await assert.rejects(sandbox.up(), {
      name: "UserError",
      message: "Go 1.26 or later is needed to build pulumi, but there is no go on PATH",
    });
    assert.equal(await sandboxStatus(), undefined);
  });
});

/** Addresses on which processes listen for TCP. https://docs.kernel.org/networking/proc_net_tcp.html */
function listening(pids: ReadonlySet<number>): string[] {
  const sockets = new Set([...pids].flatMap(socketsOf));
  const rows = ["/proc/net/tcp", "/proc/net/tcp6"].flatMap((file) =>
    readFileSync(file, "utf8").trim().split("\n").slice(1),
  );
  return rows.flatMap((row) => {
    const [, local = "", , state, , , , , , inode = ""] = row.trim().split(/\s+/);
    return state === "0A" && sockets.has(`socket:[${inode}]`) ? [addressOf(local)] : [];
  });
}

function socketsOf(pid: number): readonly string[] {
  return readdirSync(`/proc/${pid}/fd`).map((name) => readlinkSync(`/proc/${pid}/fd/${name}`));
}

/** The kernel writes addresses backwards, in hexadecimal; what is no IPv4 address stays as it is. */
function addressOf(local: string): string {
  const [host = "", port = ""] = local.split(":");
  const numbers = host.length === 8 ? [...Buffer.from(host, "hex")].reverse().join(".") : host;
  return `${numbers}:${Number.parseInt(port, 16)}`;
}
