import type { JsonObject, Manifest } from "../../../kube/manifest.js";
import { POOLS, type AwsClusterSettings, type EksSettings, type PoolName } from "../../aws/settings.js";
import { POOL_LABEL } from "./common.js";
import { NODE_CLASS, nodeClass } from "./node-class.js";

/** Sizes of nodes, in cores. The least makes the most nodes of a pool's limit. */
const CORES = [8, 16] as const;
/** Among so many types EC2 finds spot capacity, and Karpenter moves from spot to spot. https://karpenter.sh/docs/concepts/disruption/#spot-consolidation */
const SPOT_TYPES = 15;

interface Pool {
  /** Its part of the nodes that Karpenter may make; the first pool has what the others leave. */
  readonly share?: number;
  /** True: only pods that tolerate it get there. */
  readonly tainted: boolean;
  readonly consolidation: { readonly consolidationPolicy: string; readonly consolidateAfter: string };
  /** Nodes of this age are replaced, by ones of the newest image, whatever the budgets say. */
  readonly expireAfter: string;
}

const SHRINKING = { consolidationPolicy: "WhenEmptyOrUnderutilized", consolidateAfter: "5m" };
const KINDS: Readonly<Record<PoolName, Pool>> = {
  workloads: { tainted: false, consolidation: SHRINKING, expireAfter: "168h" },
  // A database is not moved to save a node, nor every week to renew it.
  data: {
    share: 0.2,
    tainted: true,
    consolidation: { consolidationPolicy: "WhenEmpty", consolidateAfter: "10m" },
    expireAfter: "720h",
  },
  builds: { share: 0.1, tainted: true, consolidation: SHRINKING, expireAfter: "168h" },
};

/** What the nodes are made from, and Karpenter's pools of them. https://karpenter.sh/docs/concepts/nodepools/ */
export function nodePools(settings: AwsClusterSettings): readonly Manifest[] {
  const nodes = poolNodes(settings.eks);
  return [nodeClass(settings), ...POOLS.map((pool) => nodePool(pool, settings.eks, nodes[pool]))];
}

/** How many nodes each pool may have at most: with the system's they are never more than `maxNodes`. */
export function poolNodes({ maxNodes, system }: EksSettings): Readonly<Record<PoolName, number>> {
  const free = Math.max(0, maxNodes - system.nodes);
  const part = (pool: PoolName): number => Math.floor(free * (KINDS[pool].share ?? 0));
  const [data, builds] = [part("data"), part("builds")];
  return { workloads: free - data - builds, data, builds };
}

function nodePool(pool: PoolName, eks: EksSettings, nodes: number): Manifest {
  const { tainted, consolidation, expireAfter } = KINDS[pool];
  return {
    apiVersion: "karpenter.sh/v1",
    kind: "NodePool",
    metadata: { name: pool },
    spec: {
      template: {
        metadata: { labels: { [POOL_LABEL]: pool } },
        spec: {
          nodeClassRef: { group: "karpenter.k8s.aws", kind: "EC2NodeClass", name: NODE_CLASS },
          requirements: requirements(eks.pools[pool].capacity),
          ...(tainted ? { taints: [{ key: POOL_LABEL, value: pool, effect: "NoSchedule" }] } : {}),
          expireAfter,
        },
      },
      disruption: { ...consolidation, budgets: budgets(eks.officeHours) },
      // Limits are in cores; no node has fewer than the least.
      limits: { cpu: String(nodes * Math.min(...CORES)) },
    },
  };
}

/** General, compute and memory types for amd64 of the newer generations: what the charts' images are built for. */
function requirements(capacity: EksSettings["pools"][PoolName]["capacity"]): JsonObject[] {
  return [
    oneOf("kubernetes.io/arch", ["amd64"]),
    oneOf("kubernetes.io/os", ["linux"]),
    oneOf("karpenter.sh/capacity-type", capacity),
    oneOf("karpenter.k8s.aws/instance-category", ["c", "m", "r"]),
    { key: "karpenter.k8s.aws/instance-generation", operator: "Gt", values: ["4"] },
    oneOf("karpenter.k8s.aws/instance-cpu", CORES.map(String)),
    ...(capacity.includes("spot")
      ? [{ key: "node.kubernetes.io/instance-type", operator: "Exists", minValues: SPOT_TYPES }]
      : []),
  ];
}

function oneOf(key: string, values: readonly string[]): JsonObject {
  return { key, operator: "In", values };
}

/** In office hours nodes are given up a tenth at a time, outside them as many as are not needed. */
function budgets({ from, to }: EksSettings["officeHours"]): JsonObject[] {
  const hours = (to - from + 24) % 24 || 24;
  return [{ nodes: "10%", schedule: `0 ${from} * * mon-fri`, duration: `${hours}h` }, { nodes: "100%" }];
}
