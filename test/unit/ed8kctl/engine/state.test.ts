import assert from "node:assert/strict";
import { readRecord } from "../../../../ed8kctl/engine/state.js";

const exported = (...resources: readonly object[]): string =>
  JSON.stringify({ version: 3, deployment: { manifest: {}, resources } });

const NOTHING = { isCluster: false, resources: 0, objects: 0, hasPending: false };

describe("what a stack's state says", () => {
  it("is the context through which its objects were made", () => {
    const provider = { type: "pulumi:providers:kubernetes", inputs: { context: "dev-eks", kubeconfig: "" } };
    assert.deepEqual(readRecord(exported({ type: "pulumi:pulumi:Stack" }, provider)), {
      ...NOTHING,
      context: "dev-eks",
    });
  });

  it("is that it is a cluster's, also where nothing runs in it", () => {
    for (const type of ["ed8k:cluster:Cluster", "ed8k:aws:AwsCluster"]) {
      assert.deepEqual(readRecord(exported({ type })), { ...NOTHING, isCluster: true });
    }
  });

  it("is how much it has made, and how much of that in a cluster", () => {
    const resources = [
      { type: "pulumi:pulumi:Stack" },
      { type: "pulumi:providers:aws", custom: true },
      { type: "ed8k:environments:Environment", custom: false },
      { type: "aws:ec2/vpc:Vpc", custom: true },
      { type: "kubernetes:core/v1:Namespace", custom: true },
      { type: "kubernetes:apps/v1:Deployment", custom: true },
    ];
    assert.deepEqual(readRecord(exported(...resources)), { ...NOTHING, onAws: true, resources: 3, objects: 2 });
  });

  it("is whether a run was killed while it made something", () => {
    const urn = "urn:pulumi:dev::ed8k::ed8k:aws:AwsCluster$aws:ec2/vpc:Vpc::vpc";
    const pending_operations = [
      { resource: { urn, type: "aws:ec2/vpc:Vpc" }, type: "creating" },
      { resource: { urn: "urn:2", type: "aws:ec2/subnet:Subnet" }, type: "updating" },
      { resource: { urn: "urn:3", type: "kubernetes:core/v1:Namespace" }, type: "creating" },
    ];
    const state = { version: 3, deployment: { resources: [], pending_operations } };
    assert.deepEqual(readRecord(JSON.stringify(state)), {
      ...NOTHING,
      onAws: true,
      begunOnAws: [urn],
      hasPending: true,
    });
  });

  it("is nothing where nothing was made", () => {
    assert.deepEqual(readRecord(JSON.stringify({ version: 3, deployment: {} })), NOTHING);
  });
});
