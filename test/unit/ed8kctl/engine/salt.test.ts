import assert from "node:assert/strict";
import { saltIn } from "../../../../ed8kctl/engine/salt.js";

describe("the salt of a stack's state", () => {
  const state = (provider: unknown): unknown => ({ version: 3, deployment: { secrets_providers: provider } });

  it("is what its passphrase is held against", () => {
    assert.equal(saltIn(state({ type: "passphrase", state: { salt: "v1:abc" } })), "v1:abc");
  });

  it("is absent where there is no passphrase", () => {
    const others = [
      state({ type: "cloud", state: { salt: "v1:abc" } }),
      state({ type: "passphrase" }),
      state(null),
      null,
    ];
    assert.deepEqual(others.map(saltIn), [undefined, undefined, undefined, undefined]);
  });
});
