import assert from "node:assert/strict";
import fc from "fast-check";
import { formatBytes, formatCores, isSameAmount, parseQuantity } from "../../../kube/quantity.js";

describe("quantities", () => {
  const read: readonly [unknown, number | undefined][] = [
    ["250m", 0.25],
    ["1.5", 1.5],
    [2, 2],
    ["512Mi", 512 * 1024 ** 2],
    ["1G", 1e9],
    ["1e3", 1000],
    ["1E", 1e18],
    ["2E3", 2000],
    ["-1", -1],
    ["1GB", undefined],
    ["1 Gi", undefined],
    [".", undefined],
    ["", undefined],
    ["much", undefined],
    [true, undefined],
    [null, undefined],
  ];
  for (const [text, amount] of read) {
    it(`${JSON.stringify(text)} is ${amount ?? "none"}`, () => assert.equal(parseQuantity(text), amount));
  }

  it("are the same amount however they are written", () => {
    assert(isSameAmount(parseQuantity("100m") ?? 0, 0.1));
    assert(isSameAmount(0.1 + 0.2, 0.3));
    assert(!isSameAmount(1, 1.001));
    assert(isSameAmount(0, 0));
  });

  it("are written as a person would", () => {
    assert.deepEqual([0, 1023, 1536, 24 * 1024 ** 3, 1.5 * 1024 ** 4].map(formatBytes), [
      "0",
      "1023",
      "1.5Ki",
      "24Gi",
      "1.5Ti",
    ]);
    assert.deepEqual([0, 0.05, 0.25, 1, 2.5].map(formatCores), ["0", "50m", "250m", "1", "2.5"]);
  });

  it("come back from what was written, within a hundredth of its unit", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 45 }), (bytes) => {
        const back = parseQuantity(formatBytes(bytes)) ?? 0;
        assert(Math.abs(back - bytes) <= bytes * 0.006, `${bytes} → ${formatBytes(bytes)}`);
      }),
    );
  });
});
