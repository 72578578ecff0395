import assert from "node:assert/strict";
import { readRecord } from "../../../../ed8kctl/engine/state.js";

const exported = (...resources: readonly object[]): string =>
  JSON.stringify({ version: 3, deployment: { manifest: {}, resources } });

describe("what a stack's state says", () => {
  it("is the context through which its objects were made", () => {
    const provider = { type: "pulumi:providers:kubernetes", inputs: { context: "dev-eks", kubeconfig: "" } };
    assert.deepEqual(readRecord(exported({ type: "pulumi:pulumi:Stack" }, provider)), {
      context: "dev-eks",
      isCluster: false,
    });
  });

  it("is that it is a cluster's", () => {
    assert.deepEqual(readRecord(exported({ type: "ed8k:cluster:Cluster" })), { isCluster: true });
  });

  it("is nothing where nothing was made", () => {
    assert.deepEqual(readRecord(JSON.stringify({ version: 3, deployment: {} })), { isCluster: false });
  });
});
