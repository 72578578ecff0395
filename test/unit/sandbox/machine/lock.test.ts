import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { clearLock, lockHolder, withLock } from "../../../../sandbox/machine/lock.js";
import { identifyProcess } from "../../../../sandbox/machine/processes.js";
import { cleanUp, errorOf, scratchFolder } from "../scratch.js";

describe("a lock", () => {
  afterEach(cleanUp);

  it("lets one in at a time, and tells the others once whom they wait for", async () => {
    const file = join(scratchFolder(), "sub", "lock");
    const told: number[] = [];
    let inside = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((done) => setTimeout(done, 120));
      inside -= 1;
    };
    await Promise.all([1, 2, 3].map(() => withLock(file, { onWait: (pid) => told.push(pid) }, work)));
    assert.equal(most, 1);
    assert.deepEqual(told, [process.pid, process.pid]);
    assert.deepEqual(readdirSync(join(file, "..")), []);
  });

  it("is given back when the work fails", async () => {
    const file = join(scratchFolder(), "lock");
    const error = await errorOf(() => withLock(file, {}, () => Promise.reject(new Error("no"))));
    assert.equal(error.message, "no");
    assert.equal(existsSync(file), false);
  });

  it("of a process that is gone, or whose number another one has, does not count", async () => {
    const file = join(scratchFolder(), "lock");
    const { pid: gone } = spawnSync("true");
    for (const holder of [
      { pid: gone, startTime: "1" },
      { pid: process.pid, startTime: "of another process" },
    ]) {
      writeFileSync(file, JSON.stringify(holder));
      assert.equal(lockHolder(file), undefined);
      assert.equal(await withLock(file, {}, () => Promise.resolve("in")), "in");
    }
  });

  it("is cleared of what killed processes left, and kept while it is held", async () => {
    const folder = scratchFolder();
    const file = join(folder, "lock");
    const { pid: gone } = spawnSync("true");
    for (const name of ["lock", `lock.${gone}.1`, "lock.other", `lock.${process.pid}.7`]) {
      writeFileSync(join(folder, name), JSON.stringify({ pid: gone, startTime: "1" }));
    }
    clearLock(file);
    assert.deepEqual(readdirSync(folder).sort(), [`lock.${process.pid}.7`, "lock.other"]);
    await withLock(file, {}, () => {
      clearLock(file);
      return Promise.resolve(assert.equal(existsSync(file), true));
    });
  });

  it("is not waited for after the signal", async () => {
    const file = join(scratchFolder(), "lock");
    writeFileSync(file, JSON.stringify(identifyProcess(process.pid)));
    const error = await errorOf(() =>
      withLock(file, { signal: AbortSignal.timeout(60) }, () => Promise.resolve("never")),
    );
    assert.equal(error.name, "AbortError");
    assert.deepEqual(lockHolder(file), identifyProcess(process.pid));
  });
});
