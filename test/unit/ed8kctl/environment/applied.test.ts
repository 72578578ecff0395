import assert from "node:assert/strict";
import { type Applied, appliedText } from "../../../../ed8kctl/environment/applied.js";

describe("what an update has done", () => {
  const applied: Applied = {
    environment: "alice",
    services: [
      { name: "fxsuite", version: "1.0.0", urls: ["http://fxsuite--alice.ed8k.localhost"] },
      { name: "toolbox", version: "1.0.0", urls: [] },
    ],
    notes: [],
    changes: { create: 3, update: 1, same: 7, refresh: 2 },
  };

  it("is told with its addresses and the next command", () => {
    assert.equal(
      appliedText(applied),
      [
        "alice runs fxsuite, toolbox (3 created, 1 changed)",
        "  fxsuite  http://fxsuite--alice.ed8k.localhost",
        "next: ed8kctl show alice, ed8kctl use alice",
      ].join("\n"),
    );
  });

  it("may be nothing", () => {
    const [first] = appliedText({ ...applied, services: [], changes: { same: 7 } }).split("\n");
    assert.equal(first, "alice runs no services (nothing had to be changed)");
  });
});
