import assert from "node:assert/strict";
import { nodesText, parseNodes } from "../../../../../sandbox/nodes/choice/spec.js";

describe("the nodes that are asked for", () => {
  for (const [text, real, simulated, words] of [
    ["real", true, 0, "1 real node"],
    ["simulated", false, 3, "3 simulated nodes"],
    ["1", false, 1, "1 simulated node"],
    ["200", false, 200, "200 simulated nodes"],
    ["real,1", true, 1, "1 real and 1 simulated node"],
    ["real,50", true, 50, "1 real and 50 simulated nodes"],
  ] as const) {
    it(`are read: ${text}`, () => {
      assert.deepEqual(parseNodes(text), { real, simulated });
      assert.equal(nodesText({ real, simulated }), words);
    });
  }

  for (const text of [
    "",
    "0",
    "201",
    "-1",
    "1.5",
    "1e2",
    "real,0",
    "real,",
    "2,real",
    "Real",
    "real,real",
    "kind",
    " 3",
  ]) {
    it(`are refused with what is allowed: "${text}"`, () => {
      assert.throws(() => parseNodes(text), {
        name: "UserError",
        exit: "usage",
        message: `--nodes is "${text}", but must be real, simulated, a number of simulated nodes from 1 to 200, or both as in real,2`,
      });
    });
  }
});
