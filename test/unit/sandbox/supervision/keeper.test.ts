import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { isAlive } from "../../../../sandbox/machine/processes.js";
import type { ComponentState } from "../../../../sandbox/records/state.js";
import type { Component } from "../../../../sandbox/supervision/component.js";
import { Keeper, type Patience } from "../../../../sandbox/supervision/keeper.js";
import { cleanUp, errorOf, scratchFolder } from "../scratch.js";

const PORT = 28623;
const QUICK: Patience = {
  startingMs: 10,
  runningMs: 20,
  hungMs: 300,
  firstStartMs: 5000,
  restMs: 20,
  longestRestMs: 1000,
};

/** Answers 200 on its port, until the file `hang` appears. */
const SERVER = `
import { existsSync } from "node:fs";
import { createServer } from "node:http";
console.log("started with", JSON.stringify(process.env));
createServer((_, answer) => existsSync("hang") || answer.end("ok")).listen(${PORT}, "127.0.0.1");
`;

describe("the keeper of a component", () => {
  let folder: string;
  let keeper: Keeper;
  let seen: ComponentState[];

  function keep(change: Partial<Component> = {}, patience = QUICK): Keeper {
    const script = join(folder, "server.mjs");
    writeFileSync(script, SERVER);
    const health = { url: `http://127.0.0.1:${PORT}/` };
    const component = { name: "part", file: process.execPath, args: [script], health, ...change };
    keeper = new Keeper(component, { folder, logs: folder, onChange: () => seen.push(keeper.state), patience });
    return keeper;
  }

  async function until(holds: () => boolean): Promise<void> {
    for (const deadline = Date.now() + 10_000; !holds(); await pause(10)) {
      if (Date.now() > deadline) throw new Error(`waited in vain: ${JSON.stringify(keeper.state)}`);
    }
  }

  beforeEach(() => {
    folder = scratchFolder();
    seen = [];
  });
  afterEach(async () => {
    await keeper.stop(100);
    cleanUp();
  });

  it("starts it, waits until it is healthy, and stops it", async () => {
    await keep().start();
    const { process: child } = keeper.state;
    assert.deepEqual(
      seen.map(({ state }) => state),
      ["starting", "running"],
    );
    assert.ok(child !== undefined && isAlive(child));
    await keeper.stop(5000);
    assert.equal(isAlive(child), false);
    assert.equal(keeper.state.state, "stopped");
    assert.equal(keeper.state.restarts, 0);
  });

  it("gives it no environment but PATH, its folder and the mark", async () => {
    await keep().start();
    const text = readFileSync(join(folder, "part.log"), "utf8").replace("started with ", "");
    const { PATH, HOME, ED8K_SANDBOX_PART, ...others } = JSON.parse(text) as Record<string, string>;
    assert.deepEqual(
      { PATH, HOME, ED8K_SANDBOX_PART },
      { PATH: process.env["PATH"], HOME: folder, ED8K_SANDBOX_PART: folder },
    );
    assert.deepEqual(others, {});
  });

  it("starts it again when it is killed, and tells why and how often", async () => {
    await keep().start();
    const first = keeper.state.process?.pid ?? 0;
    process.kill(first, "SIGKILL");
    await until(() => keeper.state.state === "running" && keeper.state.process?.pid !== first);
    assert.equal(keeper.state.restarts, 1);
    assert.equal(keeper.state.lastExit?.reason, "killed by SIGKILL");
    assert.deepEqual(
      seen.map(({ state }) => state).filter((state, index, all) => state !== all[index - 1]),
      ["starting", "running", "waiting", "starting", "running"],
    );
  });

  it("kills it when it hangs, and starts it again", async () => {
    await keep().start();
    writeFileSync(join(folder, "hang"), "");
    await until(() => keeper.state.state === "waiting");
    assert.match(keeper.state.lastExit?.reason ?? "", /^killed, because it had not answered for \d+ s$/);
  }).timeout(20_000);

  it("prepares before every start, also before the second", async () => {
    let prepared = 0;
    await keep({ prepare: () => Promise.resolve(void (prepared += 1)) }).start();
    process.kill(keeper.state.process?.pid ?? 0, "SIGKILL");
    await until(() => keeper.state.restarts === 1 && keeper.state.state === "running");
    assert.equal(prepared, 2);
  });

  it("gives up when it ends three times before it was ever healthy: its last words and its log", async () => {
    const args = ["-e", "console.error('E1124 10:00:00 cannot do it'); process.exit(3)"];
    const error = await errorOf(() => keep({ args }).start());
    assert.equal(error.message, "part does not start: ended with exit code 3: E1124 10:00:00 cannot do it");
    assert.equal((error as { hint?: string }).hint, `its log is ${join(folder, "part.log")}`);
    assert.equal(keeper.state.restarts, 2);
  });

  it("gives up when it is not healthy in time", async () => {
    const args = ["-e", "setInterval(() => {}, 1000)"];
    const error = await errorOf(() => keep({ args }, { ...QUICK, firstStartMs: 200 }).start());
    assert.equal(error.message, "part does not start: killed, because it had not answered for 0 s");
  });

  it("says so when the program is not there", async () => {
    const error = await errorOf(() => keep({ file: join(folder, "none") }).start());
    assert.match(error.message, /^part does not start: could not be started: spawn .*none ENOENT$/);
  });

  if (process.platform === "linux") {
    it("shows and ends the program where another one has started it, and gives it the variables", async () => {
      const within = () => ["/bin/sh", "-c", '"$@" & wait $!; exit 0', "sh"];
      await keep({ within, env: { NODE_NAME: "ed8k-real" } }).start();
      const { process: shown } = keeper.state;
      assert.ok(shown !== undefined);
      assert.equal(readFileSync(`/proc/${shown.pid}/comm`, "utf8").trim(), "node");
      assert.match(readFileSync(join(folder, "part.log"), "utf8"), /"NODE_NAME":"ed8k-real"/);
      await keeper.stop(5000);
      assert.equal(isAlive(shown), false);
    });
  }

  it("is well once its file is there, where it answers at no port", async () => {
    const file = join(folder, "ready");
    const args = [
      "-e",
      `setTimeout(() => require("node:fs").writeFileSync(${JSON.stringify(file)}, ""), 100); setInterval(() => {}, 1000)`,
    ];
    await keep({ args, health: { file } }).start();
    assert.equal(keeper.state.state, "running");
    assert.equal(existsSync(file), true);
  });

  it("starts nothing again after it was stopped while resting", async () => {
    await keep({}, { ...QUICK, restMs: 60_000 }).start();
    process.kill(keeper.state.process?.pid ?? 0, "SIGKILL");
    await until(() => keeper.state.state === "waiting");
    await keeper.stop(100);
    assert.equal(keeper.state.state, "stopped");
    assert.equal(keeper.state.process, undefined);
    assert.ok(existsSync(join(folder, "part.log")));
  });
});
