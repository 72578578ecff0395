import { BlockList, isIPv6 } from "node:net";
import type { JsonObject, Manifest } from "../../../../kube/manifest.js";

/** One end of a connection: a pod, or an address outside of the cluster. */
export interface Endpoint {
  readonly ip: string;
  /** Name of the pod's namespace; absent for what is no pod. */
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

interface Peer {
  readonly podSelector?: Selector;
  readonly namespaceSelector?: Selector;
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
}
interface Selector {
  readonly matchLabels?: Readonly<Record<string, string>>;
}
interface Rule {
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
  readonly ports?: readonly { readonly protocol: string; readonly port: number }[];
}
interface Spec {
  readonly podSelector: Selector;
  readonly policyTypes: readonly ("Ingress" | "Egress")[];
  readonly ingress?: readonly Rule[];
  readonly egress?: readonly Rule[];
}

export interface Cluster {
  readonly policies: readonly Manifest[];
  /** Labels of namespaces, by name. */
  readonly namespaces: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/**
 * Whether NetworkPolicies let a connection through, written from their specification alone:
 * https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/
 */
export function connects(cluster: Cluster, from: Endpoint, to: Endpoint & { readonly port: number }): boolean {
  return (
    passes(cluster, "Egress", { own: from, other: to, port: to.port }) &&
    passes(cluster, "Ingress", { own: to, other: from, port: to.port })
  );
}

interface Side {
  readonly own: Endpoint;
  readonly other: Endpoint;
  readonly port: number;
}

function passes(cluster: Cluster, direction: "Ingress" | "Egress", { own, other, port }: Side): boolean {
  const specs = cluster.policies
    .filter(({ metadata }) => metadata.namespace === own.namespace)
    .map((policy) => policy["spec"] as JsonObject as unknown as Spec)
    .filter(({ podSelector, policyTypes }) => selects(podSelector, own.labels) && policyTypes.includes(direction));
  if (own.namespace === undefined || specs.length === 0) return true;
  const rules = specs.flatMap((spec) => (direction === "Ingress" ? spec.ingress : spec.egress) ?? []);
  return rules.some((rule) => {
    const peers = direction === "Ingress" ? rule.from : rule.to;
    const isPort = rule.ports === undefined || rule.ports.some((allowed) => requirePlain(allowed).port === port);
    return isPort && (peers === undefined || peers.some((peer) => isPeer(cluster, peer, { own, other, port })));
  });
}

function isPeer(cluster: Cluster, peer: Peer, { own, other }: Side): boolean {
  if (peer.ipBlock !== undefined) {
    const { cidr, except = [] } = peer.ipBlock;
    return within(other.ip, cidr) && !except.some((hole) => within(other.ip, hole));
  }
  if (other.namespace === undefined) return false;
  const isNamespace =
    peer.namespaceSelector === undefined
      ? other.namespace === own.namespace
      : selects(peer.namespaceSelector, cluster.namespaces[other.namespace]);
  return isNamespace && selects(peer.podSelector ?? {}, other.labels);
}

/** What is not judged here must not be taken for closed, or for open. */
function requirePlain<T extends object>(part: T): T {
  const unknown = Object.keys(part).filter((key) => !["matchLabels", "port", "protocol"].includes(key));
  if (unknown.length > 0 || ("port" in part && typeof part.port !== "number"))
    throw new Error(`cannot judge ${JSON.stringify(part)}`);
  return part;
}

function selects(selector: Selector, labels: Readonly<Record<string, string>> = {}): boolean {
  const { matchLabels = {} } = requirePlain(selector);
  return Object.entries(matchLabels).every(([key, value]) => labels[key] === value);
}

function within(ip: string, cidr: string): boolean {
  const [network = "", prefix = ""] = cidr.split("/");
  const family = isIPv6(ip) ? "ipv6" : "ipv4";
  if (isIPv6(network) !== isIPv6(ip)) return false;
  const list = new BlockList();
  list.addSubnet(network, Number(prefix), family);
  return list.check(ip, family);
}
