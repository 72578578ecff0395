import assert from "node:assert/strict";
import type { KubeClient } from "../../../../kube/client.js";
import { countOf, nodeLabels, readyNodes } from "../../../../sandbox/nodes/kinds.js";

describe("nodes by kind", () => {
  const at = "2026-11-24T10:00:00Z";
  const node = (status: string) => ({ status: { conditions: [{ type: "Ready", status, lastHeartbeatTime: at }] } });
  let asked: unknown;
  const client = {
    list: (_ref: unknown, selectors: unknown) => {
      asked = selectors;
      return Promise.resolve({ items: [node("True"), node("False"), node("True"), {}] });
    },
  } as unknown as KubeClient;

  it("are counted together", () => {
    assert.deepEqual([countOf({ real: 1, simulated: 5 }), countOf({ real: 1 }), countOf({ simulated: 3 })], [6, 1, 3]);
  });

  it("are told apart by a label, and look like those of EKS else", () => {
    assert.deepEqual(nodeLabels("real", "eu-west-1b"), {
      "ed8k.dev/nodes": "real",
      "topology.kubernetes.io/region": "eu-west-1",
      "topology.kubernetes.io/zone": "eu-west-1b",
      "node.kubernetes.io/instance-type": "m7i.2xlarge",
      "eks.amazonaws.com/nodegroup": "real",
      "eks.amazonaws.com/capacityType": "ON_DEMAND",
    });
  });

  it("count as ready where they say so", async () => {
    assert.equal(await readyNodes(client, "real"), 2);
    assert.deepEqual(asked, { labelSelector: "ed8k.dev/nodes=real" });
  });

  it("do not count as ready for what was said before a start", async () => {
    assert.equal(await readyNodes(client, "real", Date.parse(at) + 500), 2);
    assert.equal(await readyNodes(client, "real", Date.parse(at) + 1000), 0);
  });
});
