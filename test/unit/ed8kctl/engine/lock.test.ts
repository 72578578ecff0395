import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  areLockFiles,
  DRIVER,
  driverMark,
  lockHolders,
  lockObjectError,
  removeLockFiles,
  requireAbandoned,
  type Sight,
} from "../../../../ed8kctl/engine/lock.js";
import { recordEngine } from "../../../../ed8kctl/engine/engine-records.js";
import { UserError } from "../../../../errors.js";
import { identifyProcess, isAlive, type ProcessId } from "../../../../sandbox/machine/processes.js";
import { cleanUp, errorOf, scratchFolder, setEnv } from "../../sandbox/scratch.js";
import { deadEngine, rfc3339 } from "./dead-engine.js";
import { locked, NOON, WORDS } from "./words.js";

/** No system gives a process this number. https://man7.org/linux/man-pages/man5/proc_sys_kernel.5.html */
const NOBODY = 4_194_305;
const deadDriver = (startTime: string): string => JSON.stringify({ pid: NOBODY, startTime });

describe("the engine's refusal of a locked stack", () => {
  it("names each holder, whatever letters the user's name has", () => {
    const refusal = locked(
      { pid: 12, host: "vm" },
      { url: "s3://state/.pulumi/locks/2.json", user: "CORP\\Jane Doe", host: "laptop.local", pid: 99 },
    );
    const created = Date.parse(NOON);
    assert.deepEqual(lockHolders(refusal), [
      { url: "file:///srv/state/1.json?no_tmp_dir=true", user: "alice", host: "vm", pid: 12, created },
      { url: "s3://state/.pulumi/locks/2.json", user: "CORP\\Jane Doe", host: "laptop.local", pid: 99, created },
    ]);
    assert.deepEqual(lockHolders(WORDS.conflict), []);
  });

  it("tells whether the locks are files", () => {
    assert.equal(areLockFiles(locked({ pid: 1 }, { pid: 2 })), true);
    assert.equal(areLockFiles(locked({ pid: 1 }, { url: "s3://state/1.json", pid: 2 })), false);
  });
});

describe("lock files", () => {
  afterEach(cleanUp);

  it("are removed, those alone that the refusal names, in folders with any name", () => {
    const folder = join(scratchFolder(), "a folder, 100% ours?");
    mkdirSync(folder);
    const names = ["1.json", "1.json.attrs", "2.json", "2.json.attrs", "3.json"];
    for (const name of names) writeFileSync(join(folder, name), "{}");
    const urlOf = (name: string): string => `${pathToFileURL(join(folder, name)).href}?no_tmp_dir=true`;
    removeLockFiles(locked({ url: urlOf("1.json"), pid: 1 }, { url: urlOf("3.json"), pid: 2 }));
    assert.deepEqual(
      names.filter((name) => existsSync(join(folder, name))),
      ["2.json", "2.json.attrs"],
    );
  });

  it("may be gone already", () => {
    const { href } = pathToFileURL(join(scratchFolder(), "1.json"));
    removeLockFiles(locked({ url: href, pid: 1 }));
  });

  it("are objects elsewhere, which a person must remove", () => {
    const { message, hint } = lockObjectError("alice", locked({ url: "s3://state/locks/1.json?region=eu", pid: 1 }));
    assert.equal(message, "alice is locked by a run that was killed before it had made the stack");
    assert.equal(hint, "remove the lock s3://state/locks/1.json and run the command again");
  });
});

describe("a lock", () => {
  const children: ChildProcess[] = [];
  afterEach(() => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
    cleanUp();
  });

  /** A program of that name which runs for some seconds. */
  async function start(name: string, seconds: number, env: Readonly<Record<string, string>> = {}): Promise<ProcessId> {
    const file = join(scratchFolder(), name);
    copyFileSync("/bin/sleep", file);
    const child = spawn(file, [String(seconds)], { env: { PATH: process.env["PATH"], ...env }, stdio: "ignore" });
    children.push(child);
    await once(child, "spawn");
    const id = identifyProcess(child.pid ?? 0);
    if (id === undefined) throw new Error("no process");
    return id;
  }

  async function refused(refusal: string, sight?: Sight): Promise<UserError> {
    const error = await errorOf(() => requireAbandoned("alice", refusal, sight));
    assert(error instanceof UserError, error.stack);
    assert.equal(error.exit, "busy");
    return error;
  }

  const URL = "s3://state/.pulumi/locks/1.json";
  const UNSURE =
    "wait until it has ended and run the command again; if you are sure that it was killed: pulumi cancel --stack alice";

  it("of another machine is held, because nobody here knows better", async () => {
    const { message, hint } = await refused(locked({ user: "bob", host: "laptop", pid: NOBODY }));
    assert.equal(message, "alice is busy: an update by bob on laptop (pid 4194305) is running");
    assert.equal(hint, UNSURE);
  });

  it("that does not say by whom is held", async () => {
    assert.equal((await refused(WORDS.conflict)).message, "alice is busy: another update is running");
  });

  it("is held when one of several holders cannot be read", async () => {
    const refusal = locked({ pid: NOBODY }, { pid: NOBODY }).replace(/created by .*$/, "made by somebody");
    assert.equal((await refused(refusal)).message, "alice is busy: another update is running");
  });

  it("of an engine that a person started is held", async () => {
    const { pid } = await start("pulumi", 60);
    const { message, hint } = await refused(locked({ pid }));
    assert.equal(message, `alice is busy: an update by alice (pid ${pid}) is running`);
    assert.equal(hint, "wait until it has ended and run the command again");
  });

  it("of a process that has ended is abandoned", async () => {
    await requireAbandoned("alice", locked({ pid: NOBODY }, { pid: NOBODY + 1 }));
  });

  it("in a folder is held where processes of other users are hidden, unless its engine is known here", async () => {
    assert.equal((await refused(locked({ pid: NOBODY }), { seesAll: false })).hint, UNSURE);
    setEnv({ ED8K_CACHE: scratchFolder() });
    await requireAbandoned("alice", locked(await deadEngine("alice")), { seesAll: false });
  });

  it("in a bucket is abandoned when an engine of this machine made it that is dead", async () => {
    setEnv({ ED8K_CACHE: scratchFolder() });
    await requireAbandoned("alice", locked({ url: URL, ...(await deadEngine("alice")) }));
  });

  it("in a bucket is held when another machine of this name may have made it", async () => {
    setEnv({ ED8K_CACHE: scratchFolder() });
    const { message, hint } = await refused(locked({ url: URL, pid: NOBODY }));
    assert.equal(message, "alice is busy: an update by alice (pid 4194305) is running");
    assert.equal(hint, UNSURE);
    const lock = { url: URL, ...(await deadEngine("bob")) };
    assert.equal((await refused(locked(lock))).hint, UNSURE);
    const { pid } = await deadEngine("alice");
    for (const time of [Date.now() - 10_000, Date.now() + 310_000]) {
      assert.equal((await refused(locked({ url: URL, pid, at: rfc3339(time) }))).hint, UNSURE);
    }
  });

  // Only Linux tells what a process is and who started it; elsewhere its number alone decides.
  if (process.platform === "linux") {
    it("of an engine with a living driver is held, and the engine goes on", async () => {
      const engine = await start("pulumi", 60, { [DRIVER]: driverMark() });
      assert.match((await refused(locked({ pid: NOBODY }, { pid: engine.pid }))).message, /is running$/);
      assert.equal(isAlive(engine), true);
    });

    it("of an engine whose driver was killed is abandoned once the engine has ended", async () => {
      const engine = await start("pulumi", 0.5, { [DRIVER]: deadDriver("1") });
      const plugin = await start("pulumi-resource-kubernetes", 60, { [DRIVER]: deadDriver("1") });
      await requireAbandoned("alice", locked({ pid: engine.pid }));
      assert.deepEqual([engine, plugin].map(isAlive), [false, false]);
    });

    it("is abandoned when the number belongs to another program by now", async () => {
      const editor = await start("editor-of-pulumi-files", 60);
      await requireAbandoned("alice", locked({ pid: editor.pid }));
      assert.equal(isAlive(editor), true);
    });

    it("in a bucket of an engine that runs is held, and the engine goes on", async () => {
      setEnv({ ED8K_CACHE: scratchFolder() });
      const engine = await start("pulumi", 60, { [DRIVER]: driverMark() });
      recordEngine("alice", engine.pid);
      const lock = { url: URL, pid: engine.pid, at: rfc3339(Date.now()) };
      assert.equal((await refused(locked(lock))).hint, "wait until it has ended and run the command again");
      assert.equal(isAlive(engine), true);
    });

    it("is held when a driver has the number of the one that was killed, but is that very one", async () => {
      const driver = await start("ed8kctl", 60);
      const engine = await start("pulumi", 60, { [DRIVER]: JSON.stringify(driver) });
      await refused(locked({ pid: engine.pid }));
      const later = JSON.stringify({ ...driver, startTime: "0" });
      const orphan = await start("pulumi", 0.3, { [DRIVER]: later });
      await requireAbandoned("alice", locked({ pid: orphan.pid }));
      assert.deepEqual([driver, engine, orphan].map(isAlive), [true, true, false]);
    });

    it("says nothing of other stacks: their engines end in good order, and keep their plugins", async () => {
      const engine = await start("pulumi", 60, { [DRIVER]: deadDriver("2") });
      const used = await start("pulumi-resource-kubernetes", 60, { [DRIVER]: deadDriver("2") });
      const unused = await start("pulumi-resource-random", 60, { [DRIVER]: deadDriver("3") });
      const odd = await start("pulumi-resource-random", 60, { [DRIVER]: "written by hand" });
      await requireAbandoned("alice", locked({ pid: NOBODY }));
      assert.deepEqual([engine, used, unused, odd].map(isAlive), [true, true, false, true]);
    });
  }
});
