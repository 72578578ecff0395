import assert from "node:assert/strict";
import { patience } from "../../../../../sandbox/providers/aws/retry.js";

const failed = (errorType: "THROTTLING" | "TRANSIENT" | "SERVER_ERROR" | "CLIENT_ERROR") => ({ errorType });

/** Waits between the tries of a call that never passes, in milliseconds. */
async function pauses(signal = new AbortController().signal): Promise<readonly number[]> {
  const strategy = patience(signal);
  const waited: number[] = [];
  let token = await strategy.acquireInitialRetryToken();
  for (;;) {
    const next = await strategy.refreshRetryTokenForRetry(token, failed("TRANSIENT")).catch(() => undefined);
    if (next === undefined) return waited;
    assert.equal(next.getRetryCount(), token.getRetryCount() + 1);
    waited.push(next.getRetryDelay());
    token = next;
  }
}

describe("trying AWS calls again", () => {
  it("takes fourteen tries, less and less often, for some half a minute", async () => {
    const waited = await pauses();
    assert.equal(waited.length, 13);
    waited.forEach((pause, index) => {
      const longest = Math.min(100 * 2 ** index, 4_000);
      assert.ok(pause >= longest / 2 && pause <= longest, `${pause} ms before try ${index + 2}`);
    });
    const all = waited.reduce((sum, pause) => sum + pause, 0);
    assert.ok(all > 15_000 && all < 40_000, `${all} ms in all`);
  });

  it("gives each call its own tries, however many calls fail at once", async () => {
    const waited = await Promise.all(Array.from({ length: 200 }, () => pauses()));
    assert.deepEqual([...new Set(waited.map(({ length }) => length))], [13]);
  });

  it("does not try again what AWS refuses, nor when the engine has cancelled", async () => {
    const strategy = patience(new AbortController().signal);
    const token = await strategy.acquireInitialRetryToken();
    await assert.rejects(strategy.refreshRetryTokenForRetry(token, failed("CLIENT_ERROR")));
    assert.equal((await strategy.refreshRetryTokenForRetry(token, failed("THROTTLING"))).getRetryCount(), 1);
    assert.deepEqual(await pauses(AbortSignal.abort()), []);
  });
});
