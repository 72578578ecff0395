import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { checkoutRoot } from "../../sandbox/paths.js";
import { OwnSandbox } from "./sandbox/own-sandbox.js";

/** With the tools in the cache, as on every run but a machine's first. */
const WARM_MS = 60_000;

async function demo(): Promise<string> {
  const command = ["dist/scripts/demo.js", "--nodes", "simulated"] as const;
  return (await promisify(execFile)(process.execPath, command, { cwd: checkoutRoot() })).stdout;
}

describe("npm run demo -- --nodes simulated", () => {
  let sandbox: OwnSandbox;
  before(() => {
    sandbox = new OwnSandbox();
  });
  after(() => sandbox.remove());

  it("makes alice with both services, shows her environment, and tells what it cannot show [rows 38, 104]", async () => {
    const began = Date.now();
    const stdout = await demo();
    assert.ok(Date.now() - began < WARM_MS, `${Date.now() - began} ms`);
    const rows = stdout.split("\n").map((line) => line.replaceAll(/\s+/g, " ").trim());
    for (const row of [
      "$ npx ed8kctl create alice --start bos",
      "profile minimal, size m",
      "fxsuite 0.1.0 2/2 ready http://fxsuite--alice.ed8k.localhost",
      "bos 0.1.0 5/5 ready http://bos--alice.ed8k.localhost",
      "fxsuite/db postgres in-cluster fxsuite--db",
      "bos/jobs sqs-queue not provisioned yet alice--bos--jobs",
      "next: ed8kctl use alice, ed8kctl open alice, ed8kctl logs alice",
      "Not shown: on simulated nodes no pod runs a process, so nobody answers at these addresses and no deal can be",
    ]) {
      assert.ok(rows.includes(row), `${row}\n is not in\n${stdout}`);
    }
    assert.ok(rows.some((row) => /^owner \S+$/.test(row)));
  });

  it("again only checks that all is there", async () => {
    const stdout = await demo();
    assert.match(stdout, /\(nothing had to be changed\)/);
  });
});
