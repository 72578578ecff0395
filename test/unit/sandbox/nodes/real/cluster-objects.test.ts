import assert from "node:assert/strict";
import { nodeObjects } from "../../../../../sandbox/nodes/real/cluster-objects.js";

describe("what a real node needs in the cluster", () => {
  const objects = nodeObjects({ prefix: "10.77", basePort: 16440 });

  it("is ways to the API server and to DNS, and the rights to look names up", () => {
    assert.deepEqual(
      objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? "-"}/${metadata.name}`),
      [
        "EndpointSlice default/kubernetes",
        "Service kube-system/kube-dns",
        "EndpointSlice kube-system/kube-dns",
        "ClusterRole -/ed8k:dns",
        "ClusterRoleBinding -/ed8k:dns",
      ],
    );
  });

  it("leads pods to the API server over the host's end of the link", () => {
    assert.deepEqual(objects[0], {
      apiVersion: "discovery.k8s.io/v1",
      kind: "EndpointSlice",
      metadata: { name: "kubernetes", namespace: "default", labels: { "kubernetes.io/service-name": "kubernetes" } },
      addressType: "IPv4",
      endpoints: [{ addresses: ["10.77.0.1"], conditions: { ready: true } }],
      ports: [{ name: "https", protocol: "TCP", port: 16443 }],
    });
  });

  it("leads DNS' own address to the node", () => {
    assert.deepEqual(objects[1]?.["spec"], {
      clusterIP: "10.77.32.10",
      ports: [
        { name: "dns", protocol: "UDP", port: 53 },
        { name: "dns-tcp", protocol: "TCP", port: 53 },
      ],
    });
    assert.deepEqual(objects[2]?.["endpoints"], [{ addresses: ["10.77.0.2"], conditions: { ready: true } }]);
  });

  it("gives DNS no right to write or to read Secrets", () => {
    assert.deepEqual(objects[3]?.["rules"], [
      { apiGroups: [""], resources: ["services", "pods", "namespaces"], verbs: ["list", "watch"] },
      { apiGroups: ["discovery.k8s.io"], resources: ["endpointslices"], verbs: ["list", "watch"] },
    ]);
  });
});
