import type { PortName } from "./ports.js";

/** Nodes with which a part runs; some run only in a sandbox with AWS. */
export type PartOf = "all" | "simulated" | "real" | "all, with --aws";

/** Something that runs in the sandbox: a program that the supervisor keeps, or a job in the supervisor itself. */
export interface Part {
  readonly name: string;
  readonly runs: "program on the host" | "job of the supervisor" | "program in the node";
  readonly nodes: PartOf;
  /** Its port on 127.0.0.1, where it has one there. */
  readonly port?: PortName;
  /** What it does; half a sentence. */
  readonly does: string;
  /** Parts that it speaks to. */
  readonly uses: readonly string[];
}

/** Every part of the sandbox, in the order in which they start. The docs' table and picture are made from it. */
export const PARTS: readonly Part[] = [
  {
    name: "aws-emulator",
    runs: "program on the host",
    nodes: "all, with --aws",
    port: "emulator",
    does: "plays AWS: MiniStack, in Python",
    uses: [],
  },
  {
    name: "aws-front",
    runs: "program on the host",
    nodes: "all, with --aws",
    port: "aws",
    does: "what clients know as AWS: EKS and MSK, logins to the cluster; passes on everything else",
    uses: ["aws-emulator"],
  },
  {
    name: "etcd",
    runs: "program on the host",
    nodes: "all",
    port: "etcd",
    does: "keeps the cluster's objects; the port answers health checks only",
    uses: [],
  },
  {
    name: "kube-apiserver",
    runs: "program on the host",
    nodes: "all",
    port: "apiServer",
    does: "the API; what kubectl, helm, pulumi and the other parts talk to",
    uses: ["etcd"],
  },
  {
    name: "kube-controller-manager",
    runs: "program on the host",
    nodes: "all",
    port: "controllerManager",
    does: "makes pods of Deployments, counts quotas, removes namespaces; port: health",
    uses: ["kube-apiserver"],
  },
  {
    name: "kube-scheduler",
    runs: "program on the host",
    nodes: "all",
    port: "scheduler",
    does: "gives pods to nodes; port: health",
    uses: ["kube-apiserver"],
  },
  {
    name: "kwok",
    runs: "program on the host",
    nodes: "simulated",
    port: "nodes",
    does: "plays the nodes: makes pods ready, volumes bound, load balancers have a host",
    uses: ["kube-apiserver"],
  },
  {
    name: "relay",
    runs: "job of the supervisor",
    nodes: "real",
    does: "lets the node reach the API server, which listens on loopback only",
    uses: ["kube-apiserver"],
  },
  {
    name: "egress",
    runs: "job of the supervisor",
    nodes: "real",
    does: "the way by which containerd reaches image registries; pods do not get out",
    uses: [],
  },
  {
    name: "node",
    runs: "program in the node",
    nodes: "real",
    does: "the first process of the node's namespaces; the node ends with it",
    uses: [],
  },
  {
    name: "containerd",
    runs: "program in the node",
    nodes: "real",
    does: "runs containers, with runc and the CNI plugins",
    uses: ["egress"],
  },
  {
    name: "kubelet",
    runs: "program in the node",
    nodes: "real",
    does: "runs the pods that the node was given, and their probes",
    uses: ["containerd", "relay"],
  },
  {
    name: "kube-proxy",
    runs: "program in the node",
    nodes: "real",
    does: "leads Services' addresses to pods, with nftables",
    uses: ["relay"],
  },
  {
    name: "dns",
    runs: "program in the node",
    nodes: "real",
    does: "the cluster's names: CoreDNS with the plugins that are needed",
    uses: ["relay"],
  },
  {
    name: "volumes",
    runs: "job of the supervisor",
    nodes: "real",
    does: "makes a folder and a PersistentVolume for each claim on the real node, and removes both",
    uses: ["kube-apiserver"],
  },
  {
    name: "gateway",
    runs: "job of the supervisor",
    nodes: "real",
    port: "gateway",
    does: "serves the host names of environments: Ingresses of the class ed8k",
    uses: ["kube-apiserver", "kube-proxy"],
  },
];
