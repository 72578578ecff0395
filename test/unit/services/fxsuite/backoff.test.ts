import assert from "node:assert/strict";
import { backoffMs } from "../../../../services/fxsuite/src/backoff.js";

describe("the wait after failures", () => {
  it("doubles from 0.2 s to 5 s", () => {
    assert.deepEqual([1, 2, 3, 4, 5, 6, 10_000].map(backoffMs), [200, 400, 800, 1600, 3200, 5000, 5000]);
  });
});
