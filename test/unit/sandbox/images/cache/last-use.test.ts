import assert from "node:assert/strict";
import { readdirSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { markUsed, removeUnused } from "../../../../../sandbox/images/cache/last-use.js";
import { putFile, putFolder } from "../../../../../sandbox/images/tree.js";
import { cleanUp, scratchFolder } from "../../scratch.js";

const HOUR = 3600;
const DAY = 24 * HOUR;
const key = (digit: number): string => String(digit).repeat(12);

describe("what the cache keeps", () => {
  let folder: string;
  beforeEach(() => (folder = scratchFolder()));
  afterEach(cleanUp);

  function used(name: string, secondsAgo: number): void {
    putFile(folder, `${name}/file`, { content: "" });
    const then = Date.now() / 1000 - secondsAgo;
    utimesSync(join(folder, name), then, then);
  }

  it("is what any checkout used in the last 14 days", () => {
    used(`bos-${key(1)}`, 13.9 * DAY);
    used(`bos-${key(2)}`, 14.1 * DAY);
    used(key(3), 14.1 * DAY);
    used(`kafka-${key(4)}`, 14.1 * DAY);
    markUsed([join(folder, `kafka-${key(4)}`), join(folder, "none")]);
    removeUnused(folder);
    assert.deepEqual(readdirSync(folder), [`bos-${key(1)}`, `kafka-${key(4)}`]);
  });

  it("is no more than four of a name, but for what may be being read", () => {
    for (const digit of [1, 2, 3, 4]) used(`bos-${key(digit)}`, digit * HOUR);
    used(`bos-${key(5)}`, 5 * HOUR);
    for (const digit of [6, 7]) used(`base-${key(digit)}`, 5 * HOUR);
    removeUnused(folder);
    const left = [1, 2, 3, 4].map((digit) => `bos-${key(digit)}`);
    assert.deepEqual(readdirSync(folder), [`base-${key(6)}`, `base-${key(7)}`, ...left]);
    for (const digit of [5, 6, 7]) used(`bos-${key(digit)}`, 0.9 * HOUR);
    removeUnused(folder);
    // Three were used within the hour and stay; of the others one makes four.
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.startsWith("bos")),
      [1, 5, 6, 7].map((digit) => `bos-${key(digit)}`),
    );
    for (const digit of [2, 3]) used(`bos-${key(digit)}`, 0.9 * HOUR);
    removeUnused(folder);
    assert.equal(readdirSync(folder).filter((name) => name.startsWith("bos")).length, 5);
  });

  it("is what is being made, and what has no key", () => {
    used(`bos-${key(1)}`, 15 * DAY);
    putFile(folder, `bos-${key(1)}.lock`, { content: "" });
    used("layers", 15 * DAY);
    putFolder(folder, `bos-${key(2)}.removed-17`);
    removeUnused(folder);
    assert.deepEqual(readdirSync(folder), [`bos-${key(1)}`, `bos-${key(1)}.lock`, "layers"]);
  });

  it("is nothing where there is no cache", () => {
    removeUnused(join(folder, "none"));
    assert.deepEqual(readdirSync(folder), []);
  });
});
