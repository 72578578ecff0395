import { hash } from "../../../naming.js";

/** The real node's name, as `kubectl get nodes` shows it. */
export const REAL_NODE = "ed8k-real";
/** Of the Ingresses that the gateway serves: what a cluster stack has unless it says otherwise (config.ts). */
export const INGRESS_CLASS = "ed8k";
export const CLUSTER_DOMAIN = "cluster.local";

/** The addresses of a sandbox with a real node; all begin with its prefix. */
export interface NodeAddresses {
  /** All of them. */
  readonly slice: string;
  /** The host's end of the link between host and node. */
  readonly host: string;
  /** The node's end. */
  readonly node: string;
  readonly pods: string;
  readonly services: string;
  /** Of the Service `kube-dns`. */
  readonly dns: string;
}

/** The addresses of the slice that begins with `prefix`, as in `10.77`. */
export function nodeAddresses(prefix: string): NodeAddresses {
  return {
    slice: `${prefix}.0.0/16`,
    host: `${prefix}.0.1`,
    node: `${prefix}.0.2`,
    pods: `${prefix}.16.0/20`,
    services: `${prefix}.32.0/20`,
    dns: `${prefix}.32.10`,
  };
}

/** Ports of the node's own programs on its address. */
export const NODE_PORTS = {
  kubelet: 10_250,
  kubeletHealth: 10_248,
  proxyHealth: 10_256,
  containerdMetrics: 1338,
  dns: 53,
  dnsHealth: 8181,
} as const;

/** What of a node the host's kernel knows by name. */
export interface HostNames {
  /** The host's end of the link; at most 15 letters. */
  readonly link: string;
  /** The control group that holds all pods. */
  readonly cgroup: string;
}

/** They follow from the folder alone, so that what a killed sandbox left is found with nothing else known. */
export function hostNames(folder: string): HostNames {
  const name = `ed8k${hash(folder).slice(0, 8)}`;
  return { link: name, cgroup: name };
}
