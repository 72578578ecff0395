import assert from "node:assert/strict";
import { ownershipOf } from "../../../environments/ownership.js";
import { environmentNamespace } from "../ed8kctl/live/objects.js";

describe("whose a namespace is", () => {
  const kept = (backend: string) =>
    environmentNamespace("alice", "alice", { annotations: { "ed8k.dev/backend": backend } });

  it("does not depend on how somebody logs in to the backend, nor on options", () => {
    for (const backend of ["postgres://db/state", "postgres://bob:secret@db/state/?sslmode=disable"]) {
      assert.equal(ownershipOf(kept("postgres://alice:word@db/state"), "alice", backend), "ours");
    }
  });

  it("is the other backend's, a foreigner's, or nobody's", () => {
    assert.equal(ownershipOf(kept("postgres://db/state"), "alice", "postgres://db/other"), "other-backend");
    assert.equal(ownershipOf(kept("postgres://db/state"), "bob", "postgres://db/state"), "foreign");
    assert.equal(ownershipOf(undefined, "alice", "postgres://db/state"), "free");
  });
});
