import assert from "node:assert/strict";
import { AwsSandbox } from "./aws-sandbox.js";
import { countsByService } from "./left.js";
import { until } from "../sandbox/own-sandbox.js";

describe("the cluster stack when AWS fails", () => {
  const sandbox = new AwsSandbox();
  before(() => sandbox.start());
  after(() => sandbox.remove());

  it("finishes when the emulator was killed in the middle of cluster up", async () => {
    const up = sandbox.ed8kctl("cluster", "up", "--yes");
    await until(async () => (await countsByService(sandbox.front)).eksClusters === 1);
    process.kill(sandbox.sandbox.pidOf("aws-emulator"), "SIGKILL");
    await up;
    await sandbox.must("cluster", "up", "--yes");
    assert.deepEqual(await sandbox.preview(), []);
    assert.equal((await countsByService(sandbox.front)).vpcs, 1);
  });

  it("is removed and made again while a fifth of all calls is throttled", async () => {
    await sandbox.must("cluster", "kubeconfig");
    await sandbox.throttle(0.2);
    await sandbox.must("cluster", "destroy", "--yes");
    await sandbox.must("cluster", "up", "--yes");
    await sandbox.throttle(0);
    assert.deepEqual(await sandbox.preview(), []);
  });
});
