import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { limited } from "../../time-limit.js";

/** Collects what nobody holds, as Node.js does in its own time. */
function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
}

describe("a time limit", () => {
  it("ends what waits for it, even when nobody else holds it", async () => {
    const wait = pause(60_000, undefined, { signal: limited(new AbortController().signal, 50) });
    await pause(5);
    collectGarbage();
    await assert.rejects(wait, { name: "AbortError" });
  });

  it("tells that time was over, or why it was stopped before", async () => {
    const over = limited(undefined, 5);
    await pause(30);
    assert.equal((over.reason as DOMException).name, "TimeoutError");
    const stop = new AbortController();
    const stopped = limited(stop.signal, 5);
    stop.abort("because");
    await pause(30);
    assert.equal(stopped.reason, "because");
    assert.equal(limited(AbortSignal.abort("before"), 5).reason, "before");
  });

  it("may be longer than a timer can wait", async () => {
    const signal = limited(undefined, Number.MAX_SAFE_INTEGER);
    await pause(20);
    assert.equal(signal.aborted, false);
  });
});
