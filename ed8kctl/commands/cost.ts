import type { Basis } from "../../cluster/cost/basis.js";
import type { Pools } from "../../cluster/cost/environment-cost.js";
import type { EksClusterConfig } from "../../config.js";
import type { Size } from "../../environments/size.js";
import { UserError } from "../../errors.js";
import { clusterOf } from "../cli/common-options.js";
import type { Command, Invocation } from "../command.js";
import { SPEC_OPTIONS } from "../spec-options.js";
import { OFFLINE } from "./plan.js";

const ENVIRONMENTS = {
  flags: "--environments <count>",
  summary: "How many environments the cluster is to carry (100)",
} as const;

export const PRICES_OPTION = {
  flags: "--prices <file>",
  summary: "Other prices than the table's: a YAML file with lines such as eks.cluster: 0.1",
} as const;

/** Options by which the estimate of a cluster is asked for. */
export const CLUSTER_COST_OPTIONS = [ENVIRONMENTS, PRICES_OPTION];

/** How many environments the proposal names. */
const COUNT = 100;
/** Where AWS' prices are taken from for a cluster of which no region is known. */
const REGION = "eu-west-1";

/** `ed8kctl cost [NAME]` */
export const cost: Command = {
  name: "cost",
  summary: "Estimate what the cluster with its environments, or one environment, costs an hour and a month",
  group: "inspect",
  args: [{ spec: "[name]", summary: "An environment; without it, the cluster", names: "environment" }],
  options: [...SPEC_OPTIONS, OFFLINE, ...CLUSTER_COST_OPTIONS],
  examples: [
    "ed8kctl cost  # the cluster with 100 environments, against its budget",
    "ed8kctl cost --environments 60 --size s",
    "ed8kctl cost alice --offline --profile full",
  ],
  async run({ args: [name], ...invocation }) {
    const { options } = invocation;
    if (name === undefined) return costOfCluster(clusterOf(options).cluster, invocation);
    if (options["environments"] !== undefined) {
      throw new UserError("--environments is about the cluster, not about one environment", {
        hint: "leave out the name, or --environments",
        exit: "usage",
      });
    }
    return costOfEnvironment(name, invocation);
  },
};

/**
 * Answers what a cluster costs with so many environments, from its stack's file alone: neither the engine nor a cluster
 * is asked.
 * @throws UserError when the stack makes no cluster of its own
 */
export async function costOfCluster(
  stack: string,
  { options, out }: Pick<Invocation, "options" | "out">,
): Promise<void> {
  const [{ readStackFile }, { estimateCluster }, { clusterText }] = await Promise.all([
    import("../cluster/stack-file.js"),
    import("../../cluster/cost/estimate.js"),
    import("../../cluster/cost/text.js"),
  ]);
  const { config } = readStackFile(stack);
  if (config.provider === "existing") {
    throw new UserError(`what the cluster ${stack} costs is not known: its stack adopts it and does not make it`, {
      hint: "ed8kctl cost NAME estimates one environment on it",
    });
  }
  const { settings } = config;
  const basis = await basisFrom(settings.aws.region, options);
  const size: Size = (options["size"] as Size | undefined) ?? "m";
  const estimate = estimateCluster(settings, { count: countOf(options["environments"]), size }, basis);
  out.result({ ...estimate, assumptions: basis.assumptions }, clusterText(estimate, basis));
}

async function costOfEnvironment(
  name: string,
  { options, out, signal }: Pick<Invocation, "options" | "out" | "signal">,
): Promise<void> {
  const [{ withPlan }, { environmentCost, useOfPlan, USUAL_POOLS }, { environmentText }] = await Promise.all([
    import("../planning/with-plan.js"),
    import("../../cluster/cost/environment-cost.js"),
    import("../../cluster/cost/text.js"),
  ]);
  await withPlan(name, { options, signal }, async ({ config, plan }) => {
    const eks = await eksConfigOf(config.cluster);
    const basis = await basisFrom(eks?.settings.aws.region ?? REGION, options);
    const pools: Pools = eks?.settings.eks.pools ?? USUAL_POOLS;
    const use = useOfPlan(plan);
    const estimate = { environment: name, use, cost: environmentCost(use, pools, basis) };
    out.result({ ...estimate, assumptions: basis.assumptions }, environmentText(estimate, basis));
  });
}

/** What this checkout's file says of a cluster; another one may have the file, and an adopted cluster has no pools. */
async function eksConfigOf(stack: string): Promise<EksClusterConfig | undefined> {
  const { readStackFile } = await import("../cluster/stack-file.js");
  try {
    const { config } = readStackFile(stack);
    return config.provider === "eks" ? config : undefined;
  } catch (error) {
    if (error instanceof UserError && error.exit === "notFound") return undefined;
    throw error;
  }
}

async function basisFrom(region: string, { prices: file }: Invocation["options"]): Promise<Basis> {
  const { basisFor } = await import("../../cluster/cost/basis.js");
  if (typeof file !== "string") return basisFor(region);
  const [{ pricesWith }, { readIfThere }] = await Promise.all([
    import("../../cluster/cost/prices-file.js"),
    import("../../sandbox/machine/files.js"),
  ]);
  const text = readIfThere(file);
  if (text === undefined) throw new UserError(`there is no file ${file} to read prices from`, { exit: "notFound" });
  return basisFor(region, pricesWith(file, { text, region }));
}

function countOf(text: Invocation["options"][string]): number {
  if (typeof text !== "string") return COUNT;
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 1 && count <= 10_000) return count;
  throw new UserError(`--environments ${text} is not allowed; it is a whole number from 1 to 10000`, { exit: "usage" });
}
