import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, existsSync, readFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import {
  CLIENT_OF,
  clientsOf,
  endProcesses,
  identifyProcess,
  isAlive,
  killProcesses,
  PART_OF,
  partsOf,
  type ProcessId,
  processSpace,
  residentBytes,
  seesAllProcesses,
} from "../../../../sandbox/machine/processes.js";
import { cleanUp, scratchFolder } from "../scratch.js";

describe("processes", () => {
  const children: ChildProcess[] = [];
  afterEach(() => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
    cleanUp();
  });

  async function start(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<ProcessId> {
    const child = spawn(command, args, { env: { PATH: process.env["PATH"], ...env }, stdio: "ignore" });
    children.push(child);
    await once(child, "spawn");
    const id = identifyProcess(child.pid ?? 0);
    if (id === undefined) throw new Error("no process");
    return id;
  }

  it("are told apart from later ones of the same number", async () => {
    const id = await start("sleep", ["60"]);
    assert.equal(isAlive(id), true);
    assert.equal(isAlive({ ...id, startTime: "another time" }), false);
    await killProcesses([id]);
    assert.equal(isAlive(id), false);
    assert.equal(identifyProcess(id.pid), undefined);
    assert.equal(residentBytes(id.pid), undefined);
  });

  it("of this process's space are told apart from those of other machines, starts and containers", () => {
    assert.equal(processSpace(), processSpace());
    const boot =
      process.platform === "linux" ? readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim() : hostname();
    assert.ok(processSpace()?.startsWith(boot), processSpace());
  });

  it("show their memory", () => {
    const bytes = residentBytes(process.pid) ?? 0;
    assert.ok(bytes > 10 * 1024 ** 2 && bytes < 10 * 1024 ** 3, String(bytes));
  });

  it("that ignore a request to end are killed after the grace, and nobody else", async () => {
    const stubborn = await start("sh", ["-c", "trap '' TERM; while :; do sleep 0.05; done"]);
    const polite = await start("sleep", ["60"]);
    const other = await start("sleep", ["60"]);
    await endProcesses([stubborn, { ...other, startTime: "another time" }, polite], 100);
    assert.deepEqual([stubborn, polite, other].map(isAlive), [false, false, true]);
  });

  // Only Linux shows the environment of other processes.
  if (process.platform === "linux") {
    it("of a sandbox are found by their mark or their path, whoever started them", async () => {
      const folder = scratchFolder();
      const part = await start("sleep", ["60"], { [PART_OF]: folder });
      const standIn = await start("sleep", ["60"], { [CLIENT_OF]: folder });
      copyFileSync("/bin/sleep", join(folder, "pulumi-resource-kubernetes"));
      const published = await start(join(folder, "pulumi-resource-kubernetes"), ["60"]);
      await start("sleep", ["60"], { [PART_OF]: `${folder}-2`, [CLIENT_OF]: `${folder}-2` });
      assert.deepEqual(partsOf(folder), [part]);
      assert.deepEqual(new Set(clientsOf(folder)), new Set([standIn, published]));
    });

    it("are seen, those of other users too, unless the system hides them", () => {
      assert.equal(seesAllProcesses(), existsSync("/proc/1/stat"));
    });
  }
});
