import assert from "node:assert/strict";
import { parseGoVersion } from "../../../../sandbox/tools/go.js";

describe("Go's versions", () => {
  for (const [text, version] of [
    ["go1.26", [1, 26, 0]],
    ["go1.26.8", [1, 26, 8]],
    ["go1.27rc1", [1, 27, 0]],
    ["1.26.0", [1, 26, 0]],
    ["devel", undefined],
  ] as const) {
    it(`reads ${text}`, () => {
      assert.deepEqual(parseGoVersion(text), version);
    });
  }
});
