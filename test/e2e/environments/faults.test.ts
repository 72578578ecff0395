import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { checkoutRoot } from "../../../sandbox/paths.js";
import { DRIVER } from "../../../ed8kctl/engine/lock.js";
import { clientsOf, type ProcessId, processesMarked, signalProcess } from "../../../sandbox/machine/processes.js";
import { writeCharts } from "../../../scripts/bench/charts.js";
import { finished, OwnCluster, type Ran } from "./own-cluster.js";

/** Whom a SIGKILL hits: `ed8kctl` alone, whose engine then has no driver, or the engine and its plugins as well. */
const VICTIMS = ["ed8kctl alone", "ed8kctl and all that it started"] as const;

describe("runs that are killed", () => {
  const cluster = new OwnCluster();
  let spec: readonly string[];
  before(async () => {
    await cluster.start();
    const { catalogue } = writeCharts(join(cluster.sandbox.scratch, "charts"), 2);
    spec = ["--catalogue", relative(checkoutRoot(), catalogue), "--profile", "all"];
  });
  after(() => cluster.remove());

  /** Starts a run and kills it after that time, unless it has ended before. */
  async function killed(words: readonly string[], ms: number, victim: (typeof VICTIMS)[number]): Promise<Ran> {
    const child = cluster.spawn(words);
    const end = finished(child);
    await Promise.race([end, pause(ms)]);
    kill(child, victim);
    return end;
  }

  function kill({ pid, exitCode }: ChildProcess, victim: (typeof VICTIMS)[number]): void {
    if (pid === undefined || exitCode !== null) return;
    process.kill(pid, "SIGKILL");
    if (victim === "ed8kctl alone") return;
    // Engines have process groups of their own.
    for (const { id, mark } of processesMarked(DRIVER)) {
      if ((JSON.parse(mark) as ProcessId).pid === pid) signalProcess(id, "SIGKILL");
    }
  }

  for (let round = 0; round < 10; round += 1) {
    const victim = VICTIMS[round % 2] ?? VICTIMS[0];
    const create = Math.round(200 + Math.random() * 3000);
    const destroy = Math.round(200 + Math.random() * 6000);
    it(`create after ${create} ms, destroy after ${destroy} ms, ${victim}: the same command again finishes`, async () => {
      await killed(["create", "carol", ...spec], create, victim);
      const made = await cluster.ed8kctl("create", "carol", ...spec);
      assert.equal(made.code, 0, made.stderr);
      assert.deepEqual(await readyServices(), ["svc01 1/1", "svc02 1/1"]);

      await killed(["destroy", "carol", "--yes"], destroy, victim);
      const gone = await cluster.ed8kctl("destroy", "carol", "--yes", "--json");
      assert.equal(gone.code, 0, gone.stderr);
      assert.deepEqual((JSON.parse(gone.stdout) as { left: unknown[] }).left, []);
      assert.deepEqual(await cluster.namespaces(), []);
      assert.deepEqual(clientsOf(cluster.sandbox.paths.folder), []);
    });
  }

  async function readyServices(): Promise<readonly string[]> {
    const shown = JSON.parse(await cluster.must("show", "carol", "--json")) as {
      services: readonly { name: string; ready: number; wanted: number }[];
    };
    return shown.services.map(({ name, ready, wanted }) => `${name} ${ready}/${wanted}`).sort();
  }

  it("two creates of one name at once: one wins, the other says busy with exit code 4 and changes nothing", async () => {
    const runs = await Promise.all([1, 2].map(() => cluster.ed8kctl("create", "twin", ...spec)));
    assert.deepEqual(runs.map(({ code }) => code).sort(), [0, 4]);
    const busy = runs.find(({ code }) => code === 4);
    assert.match(busy?.stderr ?? "", /error: twin is busy: an update by \S+ \(pid \d+\) is running/);
    const gone = await cluster.ed8kctl("destroy", "twin", "--yes");
    assert.equal(gone.code, 0, gone.stderr);
  });

  it("Ctrl-C ends with exit code 130 and says how to go on; the same command again finishes", async () => {
    const child = cluster.spawn(["create", "carol", ...spec]);
    const end = finished(child);
    await pause(1500);
    child.kill("SIGINT");
    const { code, stderr } = await end;
    assert.equal(code, 130, stderr);
    const again = await cluster.ed8kctl("create", "carol", ...spec);
    assert.equal(again.code, 0, again.stderr);
    assert.deepEqual(await readyServices(), ["svc01 1/1", "svc02 1/1"]);
    await cluster.must("destroy", "carol", "--yes");
  });

  it("leaves no folder of a killed run behind", () => {
    assert.deepEqual(
      readdirSync(cluster.sandbox.temporary).filter((name) => name.startsWith("ed8kctl-")),
      [],
    );
  });
});
