import assert from "node:assert/strict";
import { join, relative } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { writeCharts } from "../../../scripts/bench/charts.js";
import { checkoutRoot } from "../../../sandbox/paths.js";
import { finished, OwnCluster } from "./own-cluster.js";

describe("what was changed past ED8K, or cut short", () => {
  const cluster = new OwnCluster();
  before(async () => {
    await cluster.start();
    const { catalogue } = writeCharts(join(cluster.sandbox.scratch, "charts"), 2);
    await cluster.must(
      ...["create", "alice", "--catalogue", relative(checkoutRoot(), catalogue)],
      ...["--profile", "all", "--size", "l", "--owner", "alice"],
    );
  });
  after(() => cluster.remove());

  interface Shown {
    readonly owner: string;
    readonly size: string;
    readonly services: readonly { readonly name: string; readonly ready: number; readonly wanted: number }[];
  }
  /** What the environment is to be, and what of it is ready. */
  async function state(): Promise<unknown> {
    const { owner, size, services } = JSON.parse(await cluster.must("show", "alice", "--json")) as Shown;
    return { owner, size, services: services.map(({ name, ready, wanted }) => `${name} ${ready}/${wanted}`).sort() };
  }
  const WHOLE = { owner: "alice", size: "l", services: ["svc01 1/1", "svc02 1/1"] };

  const replicas = async (): Promise<string> =>
    cluster.kubectl("-n", "alice", "get", "deployment", "svc01", "-o", "jsonpath={.spec.replicas}");

  it("what was scaled by hand is told by plan and taken back by create", async () => {
    await cluster.kubectl("-n", "alice", "scale", "deployment", "svc01", "--replicas=3");
    assert.match(await cluster.must("plan", "alice"), /~ Deployment svc01: spec\.replicas/);
    await cluster.must("create", "alice");
    assert.equal(await replicas(), "1");
    assert.match(await cluster.must("plan", "alice"), /0 to create, 0 to change, 0 to delete/);
  });

  it("an object that was removed by hand is made again", async () => {
    await cluster.kubectl("-n", "alice", "delete", "deployment", "svc02");
    await cluster.must("create", "alice");
    assert.deepEqual(await state(), WHOLE);
  });

  it("a namespace that was removed by hand is made again with all that was in it, as it was asked for", async () => {
    await cluster.kubectl("delete", "namespace", "alice", "--timeout=60s");
    await cluster.must("create", "alice");
    assert.deepEqual(await state(), WHOLE);
  });

  it("a destroy that was cut short keeps the spec: create brings all of it back", async () => {
    const child = cluster.spawn(["destroy", "alice", "--yes"]);
    const end = finished(child);
    await pause(2500);
    child.kill("SIGINT");
    assert.equal((await end).code, 130);
    await cluster.must("create", "alice");
    assert.deepEqual(await state(), WHOLE);
    await cluster.must("destroy", "alice", "--yes");
  });
});
