import assert from "node:assert/strict";
import { clusterSteps } from "../../../../ed8kctl/cluster/cluster-steps.js";
import { countsText, isChange } from "../../../../ed8kctl/cluster/changes-text.js";
import type { StepEvent } from "../../../../ed8kctl/engine/stacks.js";
import { FakeOutput } from "../environment/fixtures.js";

describe("the engine's work on a cluster", () => {
  const event = (type: string, resource: string, changes: Partial<StepEvent> = {}): StepEvent => ({
    type,
    resource,
    operation: "create",
    phase: "started",
    paths: [],
    ...changes,
  });

  it("is shown by service, and what takes minutes by itself; what stays is not shown", () => {
    const out = new FakeOutput();
    const { onStep, finish } = clusterSteps(out.step("cluster dev"));
    const eks = event("aws:eks/cluster:Cluster", "eks");
    for (const one of [
      event("aws:ec2/vpc:Vpc", "vpc", { operation: "same" }),
      event("aws:ec2/subnet:Subnet", "private-a"),
      eks,
      event("aws:ec2/subnet:Subnet", "private-a", { phase: "done" }),
      event("aws:ec2/route:Route", "nat", { operation: "update" }),
      event("aws:ec2/route:Route", "nat", { operation: "update", phase: "done" }),
      { ...eks, phase: "done" as const },
      event("eks:index:ServiceRole", "eks-role", { phase: "done" }),
      event("kubernetes:core/v1:Namespace", "ed8k-shared", { phase: "done" }),
      event("aws:msk/cluster:Cluster", "kafka", { operation: "delete" }),
      event("aws:msk/cluster:Cluster", "kafka", { operation: "delete", phase: "failed" }),
    ]) {
      onStep(one);
    }
    finish();
    const shown = out.steps.map((step) => step.replace("cluster dev > ", ""));
    assert.deepEqual(shown.slice(0, 8), [
      "cluster dev",
      "ec2",
      "control plane eks",
      "control plane eks: done",
      "eks",
      "in the cluster",
      "Kafka kafka (removed)",
      "Kafka kafka (removed): failed (kafka)",
    ]);
    assert.ok(shown.includes("ec2: done (2 changes)"));
    assert.ok(shown.includes("in the cluster: done (1 change)"));
  });

  it("is counted", () => {
    const changes = { create: 2, update: 1, replace: 1, delete: 3, same: 40, refresh: 9 };
    assert.equal(countsText(changes, "future"), "2 to create, 1 to change, 1 to replace, 3 to delete");
    assert.equal(countsText(changes, "past"), "2 created, 1 changed, 1 replaced, 3 deleted");
    assert.equal(countsText({ same: 40 }, "past"), "");
    assert.deepEqual([isChange(changes), isChange({ same: 40, refresh: 2, create: 0 })], [true, false]);
  });
});
