import type { CapacityType, EksSettings, PoolName } from "../aws/settings.js";
import type { EnvironmentPlan, PlannedObject } from "../../environments/plan/types.js";
import { quotaUse } from "../../environments/plan/quota.js";
import { hardOf, type Size } from "../../environments/size.js";
import { LABELS } from "../../naming.js";
import type { Assumptions, Basis } from "./basis.js";
import { priceOf } from "./basis.js";

/** What pods ask for together. */
export interface Requests {
  /** Cores. */
  readonly cpu: number;
  readonly memoryGib: number;
}

/** What an environment takes of the cluster while it is awake; volumes stay while it is asleep. */
export interface EnvironmentUse {
  /** On the pool of workloads. */
  readonly workloads: Requests;
  /** Databases, on their own pool. */
  readonly data: Requests;
  readonly storageGib: number;
}

/** What an environment costs, in US dollars. */
export interface EnvironmentCost {
  readonly awakePerHour: number;
  readonly asleepPerHour: number;
  /** Awake for the hours that are assumed, asleep for the rest. */
  readonly perMonth: number;
  /** Awake all the time. */
  readonly neverAsleepPerMonth: number;
}

export type Pools = EksSettings["pools"];

/** Pools where nothing is known of the cluster's own: workloads on spot, databases on demand. */
export const USUAL_POOLS: Pools = {
  workloads: { capacity: ["spot", "on-demand"] },
  data: { capacity: ["on-demand"] },
  builds: { capacity: ["spot"] },
};

const GIB = 1024 ** 3;
/** They run for minutes. */
const SHORT: readonly string[] = ["Job", "CronJob"];

/** What an environment takes, from its plan. Jobs are left out: they run for minutes. */
export function useOfPlan({ services }: Pick<EnvironmentPlan, "services">): EnvironmentUse {
  const objects = services.flatMap((service) => service.objects);
  const lasting = objects.filter(({ manifest }) => !SHORT.includes(manifest.kind));
  const isData = ({ manifest }: PlannedObject): boolean => manifest.metadata.labels?.[LABELS.claim] !== undefined;
  return {
    workloads: requestsOf(lasting.filter((object) => !isData(object))),
    data: requestsOf(lasting.filter(isData)),
    storageGib: quotaUse(objects)["requests.storage"] / GIB,
  };
}

/** What an environment of a size takes that is like most. */
export function useOfSize(size: Size, { quotaUse: share, dataShare }: Assumptions): EnvironmentUse {
  const hard = hardOf(size);
  const [cpu, memoryGib] = [hard["requests.cpu"] * share, (hard["requests.memory"] / GIB) * share];
  return {
    workloads: { cpu: cpu * (1 - dataShare), memoryGib: memoryGib * (1 - dataShare) },
    data: { cpu: cpu * dataShare, memoryGib: memoryGib * dataShare },
    storageGib: (hard["requests.storage"] / GIB) * share,
  };
}

/** What an environment costs beside its share of the cluster. */
export function environmentCost(use: EnvironmentUse, pools: Pools, basis: Basis): EnvironmentCost {
  const { hoursPerMonth, hoursAwake } = basis.assumptions;
  const asleepPerHour = (use.storageGib * priceOf(basis, "ebs.gp3")) / hoursPerMonth;
  const compute = (["workloads", "data"] as const satisfies readonly PoolName[])
    .map((pool) => computePerHour(use[pool], pools[pool].capacity, basis))
    .reduce((sum, cost) => sum + cost, 0);
  return {
    awakePerHour: asleepPerHour + compute,
    asleepPerHour,
    perMonth: asleepPerHour * hoursPerMonth + compute * hoursAwake,
    neverAsleepPerMonth: (asleepPerHour + compute) * hoursPerMonth,
  };
}

function computePerHour({ cpu, memoryGib }: Requests, capacity: readonly CapacityType[], basis: Basis): number {
  const { capacityFactor, spotFactor } = basis.assumptions;
  const onDemand = cpu * priceOf(basis, "node.cpu") + memoryGib * priceOf(basis, "node.memory");
  // Karpenter takes spot wherever a pool may have it.
  return onDemand * capacityFactor * (capacity.includes("spot") ? spotFactor : 1);
}

function requestsOf(objects: readonly PlannedObject[]): Requests {
  const used = quotaUse(objects);
  return { cpu: used["requests.cpu"], memoryGib: used["requests.memory"] / GIB };
}
