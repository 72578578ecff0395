import assert from "node:assert/strict";
import { type Applied, appliedOf, appliedText } from "../../../../ed8kctl/environment/applied.js";
import { planOf } from "../planning/plan.js";

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

  it("has the addresses at the port of the cluster's ingress controller", () => {
    const { services } = appliedOf(planOf([]), {}, { ingressPort: 16_448 });
    assert.deepEqual(services, [{ name: "bos", version: "0.2.0", urls: ["http://bos--alice.ed8k.localhost:16448"] }]);
  });

  it("may be nothing", () => {
    const [first] = appliedText({ ...applied, services: [], changes: { same: 7 } }).split("\n");
    assert.equal(first, "alice runs no services (nothing had to be changed)");
  });
});
