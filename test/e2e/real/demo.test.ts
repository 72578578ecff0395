import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { checkoutRoot } from "../../../sandbox/paths.js";
import { OwnSandbox } from "../sandbox/own-sandbox.js";

/** With tools and images in the cache, as on every run but a machine's first. */
const WARM_MS = 120_000;

describe("npm run demo, on a real node", () => {
  let sandbox: OwnSandbox;
  before(() => {
    sandbox = new OwnSandbox();
  });
  after(() => sandbox.remove());

  it("ends with a deal that is settled on the other side [rows 38, 104]", async () => {
    const began = Date.now();
    const command = ["dist/scripts/demo.js", "--nodes", "real"] as const;
    const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: checkoutRoot() });
    assert.ok(Date.now() - began < WARM_MS, `${Date.now() - began} ms`);
    const answers = stdout.split("\n").filter((line) => line.startsWith("{")) as [string, string, string];
    const [booked, kept, settled] = answers.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
    assert.equal(answers.length, 3, stdout);
    assert.deepEqual(kept, booked);
    assert.equal(settled?.["id"], booked?.["id"]);
    assert.equal(settled?.["status"], "settled");
    assert.match(stdout, /\$ curl http:\/\/bos--alice\.ed8k\.localhost:\d+\/deals\//);
  });
});
