import assert from "node:assert/strict";
import { amountText, shareText } from "../../../../ed8kctl/format/quantity.js";

describe("amounts of a quota", () => {
  it("are told in the unit of their resource", () => {
    assert.equal(amountText("requests.cpu", 0.25), "250m");
    assert.equal(amountText("requests.memory", 1.5 * 1024 ** 3), "1.5Gi");
    assert.equal(amountText("requests.storage", 2 * 1024 ** 3), "2Gi");
    assert.equal(amountText("pods", 12), "12");
  });

  it("are told as a share of what is allowed, unless nothing is", () => {
    assert.equal(shareText("pods", { used: 15, hard: 60 }), "15 of 60 (25 %)");
    assert.equal(shareText("services.nodeports", { used: 0, hard: 0 }), "0 of 0");
  });
});
