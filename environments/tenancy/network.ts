import type { ClusterFacts } from "../../cluster/outputs.js";
import type { JsonObject } from "../../kube/manifest.js";
import { ADD_ON_NAMESPACES, TRAFFIC_MANAGER_PORT } from "../../cluster/platform/add-ons/common.js";
import { NAMESPACES } from "../../naming.js";
import type { PlannedObject } from "../plan/types.js";
import { tenancyObject, type TenancyContext } from "./context.js";

/** Networks inside companies and clusters: RFC 1918, RFC 6598 and link-local, where nodes keep their credentials. */
const PRIVATE_V4 = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16"];
/** RFC 4193 and link-local. */
const PRIVATE_V6 = ["fc00::/7", "fe80::/10"];
/** NodeLocal DNSCache. https://kubernetes.io/docs/tasks/administer-cluster/nodelocaldns/ */
const NODE_DNS = "169.254.20.10/32";
/** Credentials of EKS Pod Identity. https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-setup.html */
const POD_IDENTITY = ["169.254.170.23/32", "fd00:ec2::23/128"];

const DNS_PORTS = [
  { protocol: "UDP", port: 53 },
  { protocol: "TCP", port: 53 },
];

/** For all pods of the environment; what several policies allow adds up. */
export function networkPolicies({ config: { name }, facts }: TenancyContext): PlannedObject[] {
  const { kafkaBootstrap } = facts;
  const kafkaPort = Number(kafkaBootstrap.slice(kafkaBootstrap.lastIndexOf(":") + 1));
  return Object.entries(networkRules(kafkaPort, { gateway: facts.gateway, addOns: facts.aws !== undefined })).map(
    ([policy, spec]) =>
      tenancyObject(name, {
        apiVersion: "networking.k8s.io/v1",
        kind: "NetworkPolicy",
        metadata: { name: policy },
        spec,
      }),
  );
}

/** Who else of the cluster works with environments' pods. */
export interface Neighbours {
  readonly gateway: ClusterFacts["gateway"];
  /** The cluster was made by ED8K, whose add-ons run in a namespace of their own: Telepresence among them. */
  readonly addOns: boolean;
}

/**
 * Who talks to whom: an environment's pods among themselves, the gateway and the monitoring (`ed8k-system`, and what
 * the cluster has beside it) to them, and they to DNS, the shared Kafka and the internet; never to another environment, nor to a node's credentials.
 * Specs by the policies' names. https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export function networkRules(
  kafkaPort: number,
  { gateway, addOns }: Neighbours = { gateway: undefined, addOns: false },
): Readonly<Record<string, JsonObject>> {
  const all = { podSelector: {} };
  const neighbours = [
    ...(gateway === undefined ? [] : [gateway.namespace]),
    ...(addOns ? [ADD_ON_NAMESPACES.platform] : []),
  ];
  return {
    "default-deny": { ...all, policyTypes: ["Ingress", "Egress"] },
    "same-namespace": {
      ...all,
      policyTypes: ["Ingress", "Egress"],
      ingress: [{ from: [all] }],
      egress: [{ to: [all] }],
    },
    "from-platform": {
      ...all,
      policyTypes: ["Ingress"],
      ingress: [{ from: [NAMESPACES.system, ...neighbours].map(namespaceNamed) }],
    },
    "to-dns": {
      ...all,
      policyTypes: ["Egress"],
      egress: [{ to: [namespaceNamed("kube-system"), { ipBlock: { cidr: NODE_DNS } }], ports: DNS_PORTS }],
    },
    "to-kafka": {
      ...all,
      policyTypes: ["Egress"],
      egress: [{ to: [namespaceNamed(NAMESPACES.shared)], ports: [{ protocol: "TCP", port: kafkaPort }] }],
    },
    ...(addOns ? { "to-telepresence": toTelepresence() } : {}),
    "to-internet": {
      ...all,
      policyTypes: ["Egress"],
      egress: [
        {
          to: [
            { ipBlock: { cidr: "0.0.0.0/0", except: PRIVATE_V4 } },
            { ipBlock: { cidr: "::/0", except: PRIVATE_V6 } },
          ],
        },
      ],
    },
    "to-pod-identity": {
      ...all,
      policyTypes: ["Egress"],
      egress: [{ to: POD_IDENTITY.map((cidr) => ({ ipBlock: { cidr } })), ports: [{ protocol: "TCP", port: 80 }] }],
    },
  };
}

/** A pod whose requests go to a laptop hands them to the traffic manager. */
function toTelepresence(): JsonObject {
  return {
    podSelector: {},
    policyTypes: ["Egress"],
    egress: [
      { to: [namespaceNamed(ADD_ON_NAMESPACES.platform)], ports: [{ protocol: "TCP", port: TRAFFIC_MANAGER_PORT }] },
    ],
  };
}

/** The API server puts this label on every namespace, and nobody can change it. */
function namespaceNamed(name: string): JsonObject {
  return { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } } };
}
