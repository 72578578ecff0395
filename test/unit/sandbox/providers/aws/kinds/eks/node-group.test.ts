import assert from "node:assert/strict";
import fc from "fast-check";
import {
  changeNodeGroup,
  configChange,
} from "../../../../../../../sandbox/providers/aws/kinds/eks/node-group-changes.js";
import type {
  NodeGroupInputs,
  NodeTaint,
} from "../../../../../../../sandbox/providers/aws/kinds/eks/node-group-shapes.js";
import { FakeClients } from "../fake-clients.js";
import { servicesOf } from "../services.js";

const GROUP: NodeGroupInputs = {
  clusterName: "ed8k-dev",
  nodeGroupName: "system",
  nodeRoleArn: "arn:aws:iam::111122223333:role/node",
  subnetIds: ["subnet-a"],
  version: "1.35",
  launchTemplate: { id: "lt-1", version: "1" },
  scalingConfig: { minSize: 2, desiredSize: 2, maxSize: 2 },
};

const labels = fc.dictionary(fc.constantFrom("team", "zone", "purpose"), fc.constantFrom("a", "b"));
const taints = fc.uniqueArray(
  fc.record({
    key: fc.constantFrom("one", "two"),
    value: fc.constantFrom("x", "y"),
    effect: fc.constantFrom("NO_SCHEDULE" as const, "NO_EXECUTE" as const),
  }),
  { selector: idOf },
);

const marks = fc.record({ labels, taints });

function idOf({ key, effect }: NodeTaint): string {
  return `${key} ${effect}`;
}

describe("changes of a node group", () => {
  it("set and take away exactly what makes labels and taints what they should be", () => {
    fc.assert(
      fc.property(marks, marks, ({ labels: before, taints: tainted }, { labels: after, taints: wanted }) => {
        const live = { ...GROUP, labels: before, taints: tainted };
        const change = configChange({ live, wanted: { ...GROUP, labels: after, taints: wanted } });
        const removed = new Set(change.labels?.removeLabels);
        const kept = Object.entries(before).filter(([name]) => !removed.has(name));
        assert.deepEqual({ ...Object.fromEntries(kept), ...change.labels?.addOrUpdateLabels }, { ...after });
        const { addOrUpdateTaints = [], removeTaints = [] } = change.taints ?? {};
        const touched = [...addOrUpdateTaints, ...removeTaints].map((taint) => idOf(taint as NodeTaint));
        const result = [...tainted.filter((taint) => !touched.includes(idOf(taint))), ...addOrUpdateTaints];
        const sorted = (all: readonly object[]) => all.map((one) => JSON.stringify(Object.entries(one).sort())).sort();
        assert.deepEqual(sorted(result), sorted(wanted));
      }),
    );
  });

  it("are none when it is as it should be, whatever EKS adds to it", () => {
    const live = { ...GROUP, updateConfig: { maxUnavailable: 1 }, labels: {}, taints: [] };
    assert.deepEqual(configChange({ live, wanted: GROUP }), {});
  });

  it("begin with the version, and wait for each", async () => {
    const fake = new FakeClients({
      UpdateNodegroupVersion: { update: { id: "1", type: "VersionUpdate" } },
      UpdateNodegroupConfig: { update: { id: "2", type: "ConfigUpdate" } },
      DescribeUpdate: { update: { status: "Successful" } },
    });
    const wanted = {
      ...GROUP,
      launchTemplate: { id: "lt-1", version: "2" },
      scalingConfig: { minSize: 2, desiredSize: 3, maxSize: 4 },
    };
    await changeNodeGroup({ live: GROUP, wanted }, await servicesOf(fake));
    const of = { clusterName: "ed8k-dev", nodegroupName: "system" };
    assert.deepEqual(fake.sent, [
      {
        operation: "UpdateNodegroupVersion",
        request: { ...of, version: "1.35", launchTemplate: { id: "lt-1", version: "2" } },
      },
      { operation: "DescribeUpdate", request: { name: "ed8k-dev", updateId: "1", nodegroupName: "system" } },
      { operation: "UpdateNodegroupConfig", request: { ...of, scalingConfig: wanted.scalingConfig } },
      { operation: "DescribeUpdate", request: { name: "ed8k-dev", updateId: "2", nodegroupName: "system" } },
    ]);
  });
});
