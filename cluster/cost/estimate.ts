import type { AwsClusterSettings } from "../aws/settings.js";
import type { Size } from "../../environments/size.js";
import type { Basis } from "./basis.js";
import { clusterCost, type CostLine } from "./cluster-cost.js";
import { type EnvironmentCost, environmentCost, useOfSize } from "./environment-cost.js";

/** What a cluster with its environments costs, in US dollars. */
export interface ClusterEstimate {
  readonly cluster: string;
  readonly region: string;
  /** What it costs without environments. */
  readonly lines: readonly CostLine[];
  readonly fixed: { readonly perHour: number; readonly perMonth: number };
  readonly environments: {
    readonly count: number;
    readonly size: Size;
    /** Of one of them, without its share of the cluster. */
    readonly each: EnvironmentCost;
  };
  /** An hour in which all are awake, an hour in which all are asleep, and the month. */
  readonly total: { readonly awakePerHour: number; readonly asleepPerHour: number; readonly perMonth: number };
  readonly budget: {
    readonly monthlyUsd: number;
    /** Of the budget; more than 1 is over it. */
    readonly share: number;
    /** The most environments of this size that stay within it. */
    readonly environments: number;
  };
}

/** Estimates a cluster from its settings and the environments that are to be on it. */
export function estimateCluster(
  settings: AwsClusterSettings,
  { count, size }: { readonly count: number; readonly size: Size },
  basis: Basis,
): ClusterEstimate {
  const lines = clusterCost(settings, basis);
  const fixed = { perHour: sum(lines.map((line) => line.perHour)), perMonth: sum(lines.map((line) => line.perMonth)) };
  const each = environmentCost(useOfSize(size, basis.assumptions), settings.eks.pools, basis);
  const perMonth = fixed.perMonth + count * each.perMonth;
  const { monthlyUsd } = settings.budget;
  return {
    cluster: settings.name,
    region: settings.aws.region,
    lines,
    fixed,
    environments: { count, size, each },
    total: {
      awakePerHour: fixed.perHour + count * each.awakePerHour,
      asleepPerHour: fixed.perHour + count * each.asleepPerHour,
      perMonth,
    },
    budget: {
      monthlyUsd,
      share: perMonth / monthlyUsd,
      environments: Math.max(0, Math.floor((monthlyUsd - fixed.perMonth) / each.perMonth)),
    },
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
