/** One change of the stack's config, and what the engine must do for it: as AWS does it. */
export interface Change {
  readonly what: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** `<operation> <type> <name>`, sorted. */
  readonly steps: readonly string[];
}

const DEVELOPER = "arn:aws:iam::111122223333:role/other-developer";

/** Of a cluster with Kubernetes 1.35 in three zones. */
export const CHANGES: readonly Change[] = [
  {
    what: "the next version of Kubernetes is an update, with the add-ons and nodes that follow it",
    config: { eks: { version: "1.36" } },
    steps: [
      "update aws:eks/addon:Addon coredns",
      "update aws:eks/addon:Addon kube-proxy",
      "update aws:eks/cluster:Cluster ed8k-dev-eksCluster",
      "update aws:eks/nodeGroup:NodeGroup system",
      "update eks:index:Cluster ed8k-dev",
    ],
  },
  {
    what: "a NAT gateway per zone leaves the first one, and leads the other zones' routes to their own",
    config: { aws: { nat: "perZone" } },
    steps: [
      "create aws:ec2/eip:Eip nat-eu-west-1b",
      "create aws:ec2/eip:Eip nat-eu-west-1c",
      "create aws:ec2/natGateway:NatGateway nat-eu-west-1b",
      "create aws:ec2/natGateway:NatGateway nat-eu-west-1c",
      "update aws:ec2/route:Route private-eu-west-1b",
      "update aws:ec2/route:Route private-eu-west-1c",
    ],
  },
  {
    what: "flow logs are made beside what is there",
    config: { aws: { flowLogs: true } },
    steps: [
      "create aws:cloudwatch/logGroup:LogGroup flow-logs",
      "create aws:ec2/flowLog:FlowLog flow-logs",
      "create aws:iam/role:Role flow-logs",
      "create aws:iam/rolePolicy:RolePolicy flow-logs",
      "create ed8k:aws:FlowLogs flow-logs",
    ],
  },
  {
    what: "more brokers, with larger disks and of another type, are updates of Kafka",
    config: { msk: { brokers: 6, storageGib: 200, instanceType: "kafka.m7g.xlarge" } },
    steps: ["update aws:msk/cluster:Cluster kafka"],
  },
  {
    what: "another role of developers is let in in place of the first [row 98]",
    config: { eks: { developers: [DEVELOPER] } },
    steps: [
      "create aws:eks/accessEntry:AccessEntry developers-111122223333/other-developer",
      "delete aws:eks/accessEntry:AccessEntry developers-111122223333/ed8k-developer",
    ],
  },
  {
    what: "capacity types and the limit of nodes are updates of the pools [row 93]",
    config: { eks: { pools: { workloads: { capacity: ["on-demand"] } }, maxNodes: 50 } },
    steps: ["builds", "data", "workloads"].map((pool) => `update kubernetes:karpenter.sh/v1:NodePool NodePool/${pool}`),
  },
  {
    what: "another type of system nodes replaces their group, and leaves less to the pools",
    config: { eks: { system: { instanceType: "m6a.xlarge", nodes: 3 } } },
    steps: [
      "replace aws:eks/nodeGroup:NodeGroup system",
      "update kubernetes:karpenter.sh/v1:NodePool NodePool/workloads",
    ],
  },
  {
    what: "other blocks of the VPN are let in, to the API server and to the gateway [row 100]",
    config: { aws: { access: { mode: "vpn", cidrs: ["10.9.0.0/16"] } } },
    steps: [
      "create aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule api-10.9.0.0/16",
      "delete aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule api-10.8.0.0/16",
      "update kubernetes:gateway.envoyproxy.io/v1alpha1:EnvoyProxy ed8k-gateway/EnvoyProxy/ed8k",
    ],
  },
  {
    what: "another budget is an update [row 6]",
    config: { budget: { monthlyUsd: 5000 } },
    steps: ["update aws:budgets/budget:Budget budget"],
  },
];
