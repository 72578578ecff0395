import { columns } from "../../ed8kctl/format/table.js";
import type { Assumptions, Basis } from "./basis.js";
import type { EnvironmentCost, EnvironmentUse } from "./environment-cost.js";
import type { ClusterEstimate } from "./estimate.js";

/** The estimate of a cluster for people. */
export function clusterText(estimate: ClusterEstimate, basis: Basis): string {
  const { cluster, region, lines, fixed, environments, total } = estimate;
  const { count, size, each } = environments;
  return [
    `Cluster ${cluster} in ${region}, US dollars, list prices`,
    "",
    ...columns([
      ["ITEM", "AMOUNT", "HOUR", "MONTH"],
      ...lines.map(({ item, amount, perHour, perMonth }) => [item, amount, cents(perHour), whole(perMonth)]),
      ["without environments", "", cents(fixed.perHour), whole(fixed.perMonth)],
    ]),
    "",
    ...columns([
      ["", "HOUR AWAKE", "HOUR ASLEEP", "MONTH"],
      [`one environment of size ${size}`, ...environmentCells(each)],
      [`${count} of them`, ...environmentCells(times(each, count))],
      ["all with the cluster", cents(total.awakePerHour), cents(total.asleepPerHour), whole(total.perMonth)],
    ]),
    "",
    budgetText(estimate),
    "",
    ...assumptionLines(basis),
  ].join("\n");
}

/** How the month compares with the budget. */
export function budgetText({ total, budget, environments }: ClusterEstimate): string {
  const { monthlyUsd, share } = budget;
  const percent = `${Math.round(share * 100)} % of the budget of ${whole(monthlyUsd)}`;
  const most = `${budget.environments} environments of size ${environments.size} would use it up`;
  if (share <= 1) return `${whole(total.perMonth)} a month is ${percent}; ${most}.`;
  return `${whole(total.perMonth)} a month is ${percent}: OVER BUDGET by ${whole(total.perMonth - monthlyUsd)}; ${most}.`;
}

export interface EnvironmentEstimate {
  readonly environment: string;
  readonly use: EnvironmentUse;
  readonly cost: EnvironmentCost;
}

/** The estimate of one environment for people. */
export function environmentText({ environment, use, cost }: EnvironmentEstimate, basis: Basis): string {
  const { cpu, memoryGib } = {
    cpu: use.workloads.cpu + use.data.cpu,
    memoryGib: use.workloads.memoryGib + use.data.memoryGib,
  };
  return [
    `Environment ${environment}, US dollars, list prices, without a share of the cluster`,
    `asks for ${cents(cpu)} cores and ${cents(memoryGib)} GiB of memory while awake, of which databases ${cents(use.data.cpu)} and ${cents(use.data.memoryGib)}; ${cents(use.storageGib)} GiB of volumes`,
    "",
    ...columns([
      ["HOUR AWAKE", "HOUR ASLEEP", "MONTH", "MONTH, NEVER ASLEEP"],
      [...environmentCells(cost), whole(cost.neverAsleepPerMonth)],
    ]),
    "",
    ...assumptionLines(basis, OF_ENVIRONMENTS),
  ].join("\n");
}

/** Assumptions that an estimate of one environment rests on. */
const OF_ENVIRONMENTS = ["hoursPerMonth", "hoursAwake", "spotFactor", "capacityFactor", "regionFactor"] as const;

/** What an estimate takes for granted, one line each. */
function assumptionLines(
  { assumptions, prices, region }: Basis,
  keys = Object.keys(WORDS) as readonly (keyof Assumptions)[],
): readonly string[] {
  const dates = Object.values(prices)
    .flatMap((price) => price?.date ?? [])
    .filter((date) => date !== "")
    .toSorted();
  return [
    "Assumed:",
    ...keys.map((key) => `  ${WORDS[key](assumptions[key])}`),
    `  prices were read between ${dates[0] ?? ""} and ${dates.at(-1) ?? ""} (cluster/cost/prices.ts); --prices <file> gives today's of ${region}`,
    "  not counted: taxes, support, traffic between zones, AWS resources of services, monitoring",
  ];
}

const WORDS: Readonly<Record<keyof Assumptions, (value: number) => string>> = {
  hoursPerMonth: (value) => `a month has ${value} hours`,
  hoursAwake: (value) => `an environment is awake ${value} hours a month, and asleep for the rest`,
  spotFactor: (value) => `spot capacity costs ${value} of the on-demand price`,
  capacityFactor: (value) => `nodes have ${value} times what pods ask for`,
  regionFactor: (value) =>
    `regions other than us-east-1 cost ${value} times as much, where their own price is not known`,
  quotaUse: (value) => `an environment of a size asks for ${value} of its quota`,
  dataShare: (value) => `${value} of that is for databases`,
  natGb: (value) => `${value} GB a month go through NAT`,
  logsGb: (value) => `the control plane writes ${value} GB of logs a month`,
  flowLogsGb: (value) => `flow logs, where they are on, are ${value} GB a month`,
  datasetsGb: (value) => `datasets have ${value} GB`,
  repositoryGb: (value) => `each image repository has ${value} GB`,
};

function environmentCells({ awakePerHour, asleepPerHour, perMonth }: EnvironmentCost): readonly string[] {
  return [cents(awakePerHour), cents(asleepPerHour), whole(perMonth)];
}

function times(cost: EnvironmentCost, count: number): EnvironmentCost {
  return {
    awakePerHour: cost.awakePerHour * count,
    asleepPerHour: cost.asleepPerHour * count,
    perMonth: cost.perMonth * count,
    neverAsleepPerMonth: cost.neverAsleepPerMonth * count,
  };
}

function cents(number: number): string {
  return number.toFixed(2);
}

function whole(number: number): string {
  return String(Math.round(number));
}
