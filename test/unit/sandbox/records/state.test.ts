import assert from "node:assert/strict";
import { mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sandboxPaths } from "../../../../sandbox/paths.js";
import { readSettings, type Settings, writeSettings } from "../../../../sandbox/records/settings.js";
import { readState, type SandboxState, writeState } from "../../../../sandbox/records/state.js";
import { cleanUp, scratchFolder } from "../scratch.js";

const STATE: SandboxState = {
  supervisor: { pid: 7, startTime: "123" },
  phase: "ready",
  nodes: { counts: { simulated: 3 }, reason: "so", ready: 2, limits: ["Pods run no process."] },
  components: [
    {
      name: "etcd",
      state: "running",
      since: "2026-11-24T10:00:00.000Z",
      process: { pid: 8, startTime: "124" },
      health: { url: "http://127.0.0.1:16441/readyz" },
      restarts: 1,
      lastExit: { at: "2026-11-24T09:59:00.000Z", reason: "killed by SIGKILL" },
    },
  ],
  steps: ["images imported"],
};

const SETTINGS: Settings = {
  basePort: 16440,
  nodes: { real: false, simulated: 3, reason: "so" },
  tools: {
    etcd: "/t/etcd",
    "kube-apiserver": "/t/a",
    "kube-controller-manager": "/t/c",
    "kube-scheduler": "/t/s",
    kwok: "/t/k",
  },
};

describe("what the sandbox keeps about itself", () => {
  afterEach(cleanUp);

  it("is read as it was written, by its owner only, and leaves no parts", () => {
    const paths = sandboxPaths(scratchFolder());
    writeState(paths, STATE);
    writeSettings(paths, SETTINGS);
    assert.deepEqual(readState(paths), STATE);
    assert.deepEqual(readSettings(paths), SETTINGS);
    assert.equal(statSync(paths.state).mode & 0o777, 0o600);
    assert.deepEqual(readdirSync(paths.folder).sort(), ["settings.json", "state.json"]);
  });

  it("is nothing where there is no sandbox", () => {
    assert.equal(readState(sandboxPaths(join(scratchFolder(), "none"))), undefined);
  });

  for (const [what, text] of [
    ["cut off", JSON.stringify(STATE).slice(0, 40)],
    ["empty", ""],
    ["of another version", JSON.stringify({ ...STATE, phase: "dancing" })],
    ["of a later version", JSON.stringify({ ...STATE, more: 1 })],
  ] as const) {
    it(`is refused when it is ${what}`, () => {
      const paths = sandboxPaths(scratchFolder());
      mkdirSync(paths.folder, { recursive: true });
      writeFileSync(paths.state, text);
      assert.throws(() => readState(paths), {
        name: "UserError",
        message: `${paths.state} was not written by this version of ED8K, or is damaged`,
      });
    });
  }
});
