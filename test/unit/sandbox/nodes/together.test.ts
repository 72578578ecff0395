import assert from "node:assert/strict";
import type { Nodes } from "../../../../sandbox/nodes/nodes.js";
import { together } from "../../../../sandbox/nodes/together.js";

describe("nodes of two kinds side by side", () => {
  const done: string[] = [];
  const step = (name: string) => (): Promise<void> => Promise.resolve(void done.push(name));
  const kind = (name: string, described: ReturnType<Nodes["describe"]>, ready: number): Nodes => ({
    describe: () => described,
    prepare: step(`${name} prepare`),
    start: step(`${name} start`),
    health: () => Promise.resolve(ready),
    stop: step(`${name} stop`),
    cleanUp: step(`${name} clean up`),
  });
  const both = together([
    kind("real", { counts: { real: 1 }, limits: ["A.", "B."], gateway: 16448 }, 1),
    kind("simulated", { counts: { simulated: 5 }, limits: ["C.", "A."] }, 3),
  ]);

  it("are told together, each limit once", () => {
    assert.deepEqual(both.describe(), {
      counts: { real: 1, simulated: 5 },
      limits: ["A.", "B.", "C."],
      gateway: 16448,
    });
  });

  it("are started, counted, stopped and cleaned up together", async () => {
    await both.prepare();
    await both.start();
    assert.equal(await both.health(), 4);
    await both.stop();
    await both.cleanUp();
    const steps = ["prepare", "start", "stop", "clean up"];
    assert.deepEqual(
      done,
      steps.flatMap((name) => [`real ${name}`, `simulated ${name}`]),
    );
  });

  it("have no gateway where no kind has one", () => {
    const { gateway } = together([kind("simulated", { counts: { simulated: 1 }, limits: [] }, 1)]).describe();
    assert.equal(gateway, undefined);
  });
});
