import assert from "node:assert/strict";
import { recordedVersion, requireVersionStep } from "../../../../ed8kctl/cluster/version-step.js";
import { EKS_FACTS } from "./fixtures.js";

describe("another version of Kubernetes", () => {
  for (const [from, to] of [
    ["1.35.4", "1.35"],
    ["1.35.4", "1.36"],
    ["1.34.4", "1.35"],
    // Told by the plan, with the versions that there are.
    ["1.36.3", "1.99"],
    ["1.36.3", "new"],
  ] as const) {
    it(`may be ${to} after ${from}`, () => {
      requireVersionStep("dev", { from, to });
    });
  }

  it("is not a lower one", () => {
    assert.throws(() => requireVersionStep("dev", { from: "1.36.3", to: "1.35" }), {
      message:
        "the cluster dev has Kubernetes 1.36, and ed8k:eks.version is 1.35: the nodes would have to go down before it, which a stack cannot do",
      hint: "pulumi config set --path 'ed8k:eks.version' 1.36 --stack dev; or roll back by hand, as https://docs.aws.amazon.com/eks/latest/userguide/rollback-cluster.html tells, then: pulumi up --refresh --stack dev",
      exit: "usage",
    });
  });

  it("is the next one first", () => {
    assert.throws(() => requireVersionStep("dev", { from: "1.34.4", to: "1.36" }), {
      message:
        "the cluster dev has Kubernetes 1.34, and ed8k:eks.version is 1.36: EKS takes a cluster up one version at a time",
      hint: "pulumi config set --path 'ed8k:eks.version' 1.35 --stack dev",
      exit: "usage",
    });
  });

  it("is held against what the stack of a cluster on AWS said last", () => {
    const { aws: _, ...own } = EKS_FACTS;
    assert.equal(recordedVersion({ ...EKS_FACTS, unheardOf: 1 }), "1.36.3");
    assert.deepEqual([own, { name: "dev", platform: false }, undefined].map(recordedVersion), [
      undefined,
      undefined,
      undefined,
    ]);
  });
});
