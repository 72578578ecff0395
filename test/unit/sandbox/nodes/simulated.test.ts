import assert from "node:assert/strict";
import type { KubeClient } from "../../../../kube/client.js";
import { dropLeases } from "../../../../sandbox/nodes/simulated.js";

describe("simulated nodes", () => {
  it("lose their leases before a new kwok starts; the real node beside them keeps its own", async () => {
    const asked: unknown[] = [];
    const client = { request: (...request: readonly unknown[]) => Promise.resolve(void asked.push(request)) };
    await dropLeases(client as unknown as KubeClient);
    assert.deepEqual(asked, [
      [
        "DELETE",
        "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases",
        { query: { fieldSelector: "metadata.name!=ed8k-real" } },
      ],
    ]);
  });
});
