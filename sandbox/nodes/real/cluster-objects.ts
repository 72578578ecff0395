import type { KubeClient } from "../../../kube/client.js";
import type { Manifest } from "../../../kube/manifest.js";
import { sandboxPorts } from "../../ports.js";
import { NODE_PORTS, nodeAddresses } from "./layout.js";

interface Where {
  readonly prefix: string;
  readonly basePort: number;
}

/** What a real node needs in the cluster: ways to the API server and to DNS, and rights for the latter. */
export function nodeObjects({ prefix, basePort }: Where): readonly Manifest[] {
  const { host, node, dns } = nodeAddresses(prefix);
  const dnsPorts = [
    { name: "dns", protocol: "UDP", port: NODE_PORTS.dns },
    { name: "dns-tcp", protocol: "TCP", port: NODE_PORTS.dns },
  ];
  return [
    // The API server itself tells no endpoints: its own address is loopback, which no pod reaches.
    endpoints(
      { name: "kubernetes", namespace: "default" },
      { address: host, ports: [{ name: "https", protocol: "TCP", port: sandboxPorts(basePort).apiServer }] },
    ),
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "kube-dns", namespace: "kube-system", labels: { "k8s-app": "kube-dns" } },
      spec: { clusterIP: dns, ports: dnsPorts },
    },
    endpoints({ name: "kube-dns", namespace: "kube-system" }, { address: node, ports: dnsPorts }),
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRole",
      metadata: { name: "ed8k:dns" },
      rules: [
        { apiGroups: [""], resources: ["services", "pods", "namespaces"], verbs: ["list", "watch"] },
        { apiGroups: ["discovery.k8s.io"], resources: ["endpointslices"], verbs: ["list", "watch"] },
      ],
    },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRoleBinding",
      metadata: { name: "ed8k:dns" },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "ed8k:dns" },
      subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "User", name: "ed8k:dns" }],
    },
  ];
}

/** Makes them, or brings them back to what they should be. */
export async function applyNodeObjects(client: KubeClient, where: Where): Promise<void> {
  const apply = (object: Manifest): Promise<unknown> =>
    client.apply(object, { fieldManager: "ed8k-sandbox", force: true });
  await Promise.all(nodeObjects(where).map(apply));
}

interface Endpoint {
  readonly address: string;
  readonly ports: readonly { readonly name: string; readonly protocol: string; readonly port: number }[];
}

function endpoints(service: { readonly name: string; readonly namespace: string }, endpoint: Endpoint): Manifest {
  return {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: { ...service, labels: { "kubernetes.io/service-name": service.name } },
    addressType: "IPv4",
    endpoints: [{ addresses: [endpoint.address], conditions: { ready: true } }],
    ports: endpoint.ports,
  };
}
