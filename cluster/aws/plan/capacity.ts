import type { Fault } from "../../../errors.js";
import type { AwsClusterSettings, BrokerType, MskSettings } from "../settings.js";
import { addressesIn, parseCidr } from "./cidr.js";
import type { SubnetPlan } from "./subnets.js";

/** What every cluster must have room for, whatever its settings. */
export interface Goals {
  /** Pods at once, or as many as the nodes can hold where that is less. */
  readonly pods: number;
  readonly environments: number;
  /** Service accounts of one environment that may use AWS. */
  readonly identitiesPerEnvironment: number;
}

export const GOALS: Goals = { pods: 2000, environments: 100, identitiesPerEnvironment: 30 };

/** https://docs.aws.amazon.com/eks/latest/best-practices/prefix-mode-linux.html: nodes of fewer than 30 vCPU */
const PODS_PER_NODE = 110;
/** Addresses of a prefix that a node takes at once. */
const PREFIX = 16;
/** Pods of DaemonSets with an address of their own on every node: storage driver, Telepresence, metrics. */
const DAEMONS = 6;
/** A node keeps one prefix more than its pods use (WARM_PREFIX_TARGET). */
const WARM = 1;

/** Not adjustable. https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html */
const IDENTITIES = 5000;
/** Karpenter, load balancer controller, EBS CSI driver. */
const PLATFORM_IDENTITIES = 3;

/**
 * Replicas of partitions that a broker carries well.
 * https://docs.aws.amazon.com/msk/latest/developerguide/bestpractices.html#partitions-per-broker
 */
const REPLICAS_PER_BROKER: Readonly<Record<BrokerType, number>> = {
  "kafka.t3.small": 300,
  "kafka.m5.large": 1000,
  "kafka.m5.xlarge": 1000,
  "kafka.m5.2xlarge": 2000,
  "kafka.m5.4xlarge": 4000,
  "kafka.m7g.large": 1000,
  "kafka.m7g.xlarge": 1000,
  "kafka.m7g.2xlarge": 2000,
  "kafka.m7g.4xlarge": 4000,
};

/** Zones that MSK takes at least. */
const LEAST_ZONES = 2;

/** What is kept for Kafka's own topics and for a broker that is gone. */
const USABLE = 0.8;

/** How many replicas of partitions all environments may have together; a partition has two. */
export function partitionBudget({ brokers, instanceType }: MskSettings): number {
  return Math.floor(REPLICAS_PER_BROKER[instanceType] * brokers * USABLE);
}

/** What does not fit, each with what would. */
export function capacityFaults(settings: AwsClusterSettings, plan: SubnetPlan, goals = GOALS): readonly Fault[] {
  return [...addressFaults(settings, plan, goals), ...mskFaults(settings.msk, plan), ...identityFaults(goals)];
}

/** How many /28 prefixes all nodes together take, when as many pods run as the goal says. */
export function prefixesNeeded(nodes: number, { pods }: Pick<Goals, "pods">): number {
  const perNode = Math.min(PODS_PER_NODE, Math.ceil(pods / nodes));
  return nodes * (Math.ceil((perNode + DAEMONS) / PREFIX) + WARM);
}

/** How many /28 prefixes the private subnets keep for pods. */
export function prefixesReserved(plan: SubnetPlan): number {
  const blocks = plan.private.flatMap(({ reservation }) => parseCidr(reservation) ?? []);
  return blocks.reduce((sum, block) => sum + addressesIn(block) / PREFIX, 0);
}

function addressFaults({ aws, eks }: AwsClusterSettings, plan: SubnetPlan, goals: Goals): readonly Fault[] {
  const [needed, reserved] = [prefixesNeeded(eks.maxNodes, goals), prefixesReserved(plan)];
  if (needed <= reserved) return [];
  const candidates = Array.from({ length: eks.maxNodes }, (_, less) => eks.maxNodes - less);
  const fitting = candidates.find((nodes) => prefixesNeeded(nodes, goals) <= reserved);
  const pods = Math.min(goals.pods, eks.maxNodes * PODS_PER_NODE);
  return [
    {
      where: "ed8k:eks.maxNodes",
      problem: `${eks.maxNodes} nodes with ${pods} pods need ${needed} prefixes of 16 addresses, the private subnets of ${aws.cidr} in ${aws.zones.length} zones keep ${reserved}`,
      hint: `at most ${fitting ?? 0} nodes fit; for more, give the VPC a larger block (ed8k:aws.cidr, up to /16) or add a zone (ed8k:aws.zones)`,
    },
  ];
}

function mskFaults({ brokers }: MskSettings, { data }: SubnetPlan): readonly Fault[] {
  const zones = data.length;
  if (brokers % zones === 0) return [];
  const [less, more] = [Math.floor(brokers / zones) * zones, Math.ceil(brokers / zones) * zones];
  const grown = zones > LEAST_ZONES && brokers % LEAST_ZONES === 0 ? grownHint(brokers, zones) : "";
  return [
    {
      where: "ed8k:msk.brokers",
      problem: `${brokers} brokers cannot be spread evenly over ${zones} zones, as MSK wants them`,
      hint: `choose ${less === 0 ? "" : `${less} or `}${more}${grown}`,
    },
  ];
}

/** MSK changes no zones: a Kafka of a cluster that got its third zone later has brokers in two. */
function grownHint(brokers: number, zones: number): string {
  const both = LEAST_ZONES * zones;
  return `; a Kafka that was made in ${LEAST_ZONES} zones stays in them: for it choose ${Math.ceil(brokers / both) * both}`;
}

function identityFaults({ environments, identitiesPerEnvironment }: Goals): readonly Fault[] {
  const needed = PLATFORM_IDENTITIES + environments * identitiesPerEnvironment;
  if (needed <= IDENTITIES) return [];
  return [
    {
      where: "Pod Identity",
      problem: `${environments} environments of ${identitiesPerEnvironment} service accounts and the platform need ${needed} associations, EKS allows ${IDENTITIES} per cluster`,
      hint: "spread the environments over two clusters",
    },
  ];
}
