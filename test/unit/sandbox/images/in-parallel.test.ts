import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { inParallel } from "../../../../sandbox/images/in-parallel.js";
import { errorOf } from "../scratch.js";

describe("doing things side by side", () => {
  it("does each once, and not more at once than it may", async () => {
    const done: number[] = [];
    let now = 0;
    let most = 0;
    await inParallel([1, 2, 3, 4, 5], { atOnce: 2 }, async (item) => {
      most = Math.max(most, ++now);
      await pause(1);
      now--;
      done.push(item);
    });
    assert.deepEqual(done.toSorted(), [1, 2, 3, 4, 5]);
    assert.equal(most, 2);
  });

  it("stops the others when one fails, begins nothing more, and ends only when none runs", async () => {
    const begun: number[] = [];
    let stopped = false;
    const error = await errorOf(() =>
      inParallel([1, 2, 3], { atOnce: 2 }, async (item, signal) => {
        begun.push(item);
        if (item === 2) throw new Error("two");
        await pause(10_000, undefined, { signal }).catch(() => (stopped = true));
      }),
    );
    assert.equal(error.message, "two");
    assert.deepEqual(begun, [1, 2]);
    assert.equal(stopped, true);
  });

  it("ends as stopped when it was stopped from outside", async () => {
    const begun: number[] = [];
    const error = await errorOf(() =>
      inParallel([1], { atOnce: 2, signal: AbortSignal.abort() }, (item) => {
        begun.push(item);
        return Promise.resolve();
      }),
    );
    assert.equal(error.name, "AbortError");
    assert.deepEqual(begun, []);
  });
});
