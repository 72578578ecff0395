import assert from "node:assert/strict";
import { requireIdentity, WrongClusterError } from "../../../cluster/identity.js";
import { FACTS } from "./facts.js";

describe("the identity of a cluster", () => {
  it("is the uid of kube-system", () => {
    requireIdentity(FACTS, FACTS.uid);
    assert.throws(() => requireIdentity(FACTS, "other"), WrongClusterError);
  });

  it("tells both clusters and what to do", () => {
    assert.throws(() => requireIdentity(FACTS, "other"), {
      message: `context "ed8k-sandbox" leads to another cluster than the one that stack dev was applied to: its kube-system has the uid other, recorded is ${FACTS.uid}`,
      hint: "point the context at the right cluster; if the cluster was rebuilt, apply its stack again: pulumi up --refresh --stack dev",
    });
  });

  it("is not given by a user who may not see it", () => {
    assert.throws(() => requireIdentity(FACTS, undefined), { message: /uid \(not seen\)/ });
  });
});
