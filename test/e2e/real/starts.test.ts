import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { partsOf } from "../../../sandbox/machine/processes.js";
import { REAL_ONLY } from "../../../sandbox/nodes/choice/spec.js";
import { hostNames } from "../../../sandbox/nodes/real/layout.js";
import { VERSIONS } from "../../../versions.js";
import { OwnSandbox } from "../sandbox/own-sandbox.js";
import { type HostState, hostState, nftProgram } from "./host-state.js";

describe("starts of a real node", () => {
  let sandbox: OwnSandbox;
  let untouched: HostState;
  before(async () => {
    assert.equal(process.getuid?.(), 0, "these tests need root");
    sandbox = new OwnSandbox();
    untouched = await hostState(sandbox.paths.folder);
  });
  after(() => sandbox.remove());

  for (const ms of [1500, 3000, 6000]) {
    it(`cleans up when supervisor and up are killed ${ms} ms after the start`, async () => {
      const child = sandbox.upProcess("real");
      const exit = once(child, "exit");
      await pause(ms);
      child.kill("SIGKILL");
      await exit;
      for (const { pid } of partsOf(sandbox.paths.folder))
        await promisify(execFile)("kill", ["-9", `${pid}`]).catch(() => 0);
      await sandbox.down();
      assert.deepEqual(sandbox.leftovers(), ["a folder", "tmp"]);
      assert.deepEqual(await hostState(sandbox.paths.folder), untouched);
    });
  }

  it("says why a program of the node does not start, and leaves nothing", async () => {
    await sandbox.down();
    const path = process.env["PATH"] ?? "";
    const bin = join(sandbox.scratch, "bin");
    mkdirSync(bin);
    // Of all programs of the node the one that no package brings along, so that it is the same on every machine.
    const kubelet = `#!/bin/sh\n[ "$1" = --version ] && exec echo "Kubernetes v${VERSIONS.kubernetes}"\necho "Error: no kubelet" >&2\nexit 3\n`;
    writeFileSync(join(bin, "kubelet"), kubelet, { mode: 0o755 });
    process.env["PATH"] = `${bin}${delimiter}${path}`;
    try {
      await assert.rejects(sandbox.up(REAL_ONLY), {
        name: "UserError",
        message: "the sandbox does not start: kubelet does not start: ended with exit code 3: Error: no kubelet",
      });
    } finally {
      process.env["PATH"] = path;
      rmSync(bin, { recursive: true });
    }
    assert.deepEqual(partsOf(sandbox.paths.folder), []);
    await sandbox.down();
    assert.deepEqual(await hostState(sandbox.paths.folder), untouched);
  });

  it("says which link a firewall must let in, and leaves nothing", async () => {
    const { link } = hostNames(sandbox.paths.folder);
    const nft = await nftProgram();
    const rules = `table ip ed8k-test { chain input { type filter hook input priority 0; iifname "${link}" drop; }; }`;
    await promisify(execFile)(nft, rules.split(" "));
    try {
      await assert.rejects(sandbox.up(REAL_ONLY), { name: "UserError", message: new RegExp(`by the link ${link},`) });
    } finally {
      await promisify(execFile)(nft, ["delete", "table", "ip", "ed8k-test"]);
    }
    await sandbox.down();
    assert.deepEqual(await hostState(sandbox.paths.folder), untouched);
  });

  it("starts and stops ten times in a row, and never leaves anything", async () => {
    for (let round = 1; round <= 10; round += 1) {
      await sandbox.up(REAL_ONLY);
      assert.equal(await sandbox.fault(), undefined, `round ${round}`);
      await sandbox.down();
      assert.deepEqual(sandbox.leftovers(), ["a folder", "tmp"], `round ${round}`);
      assert.deepEqual(await hostState(sandbox.paths.folder), untouched, `round ${round}`);
    }
  }).timeout(600_000);
});
