import type { ClusterConfig } from "../../config.js";
import { parseConfig } from "../../config.js";
import { CLUSTER_OUTPUT, hasFacts, parseFacts, type ClusterFacts } from "../../cluster/outputs.js";
import { planAddOns } from "../../cluster/platform/add-ons/plan.js";
import { UserError } from "../../errors.js";
import { describeError, type ErrorData } from "../cli/report-error.js";
import { type Stacks, UNUSED, type UpdateRecord } from "../engine/stacks.js";
import type { AwsFacts } from "./facts.js";
import { type ClusterLook, lookAt } from "./look.js";
import { type PartitionUse, readPartitions } from "./partitions.js";
import { minorOf, type Support, supportOf } from "./support.js";

/** What could not be found out, and why. */
export type Unknown = Pick<ErrorData, "message" | "hint">;

/** What there is of a cluster. */
export interface ClusterStatus {
  readonly stack: string;
  readonly state: "never applied" | "without what runs in it" | "half applied" | "applied";
  readonly provider?: ClusterConfig["provider"];
  /** How many resources the stack has made. */
  readonly resources: number;
  /** Absent when no run has ended. */
  readonly lastUpdate?: UpdateRecord;
  readonly kubernetes?: Support;
  readonly aws?: Pick<AwsFacts, "account" | "region" | "cluster" | "endpoint">;
  /** What the cluster itself says. */
  readonly live?: ClusterLook | Unknown;
  readonly partitions?: PartitionUse | Unknown;
  /** Names of what is installed beside what ED8K itself needs. */
  readonly addOns?: readonly string[];
}

/** Where a status is read from; others in tests. */
export interface StatusSources {
  readonly stacks: Stacks;
  readonly look: typeof lookAt;
  readonly partitions: typeof readPartitions;
  /** In milliseconds since 1970. */
  readonly now: number;
}

export function statusSources(stacks: Stacks): StatusSources {
  return { stacks, look: lookAt, partitions: readPartitions, now: Date.now() };
}

/**
 * What there is of a cluster, by its stack, the cluster itself and AWS; changes nothing. What does not answer is told
 * with the reason, and the rest all the same.
 * @throws UserError (notFound) when there is no such stack; (usage) when it is that of an environment
 */
export async function readClusterStatus(
  stack: string,
  sources: StatusSources,
  signal: AbortSignal,
): Promise<ClusterStatus> {
  const { stacks } = sources;
  const [raw, record, outputs, lastUpdate] = await Promise.all([
    stacks.config(stack),
    stacks.record(stack),
    stacks.outputs(stack),
    stacks.lastUpdate(stack),
  ]);
  if (raw === undefined || record === undefined) throw missing(stack, stacks.backend);
  const last = lastUpdate === undefined ? {} : { lastUpdate };
  const { resources } = record;
  if (raw === UNUSED) return { stack, state: resources === 0 ? "never applied" : "half applied", resources, ...last };
  const config = parseConfig(stack, raw);
  if (config.kind !== "cluster") {
    throw new UserError(`${stack} is an environment, no cluster`, { exit: "usage", hint: `ed8kctl show ${stack}` });
  }
  const output = outputs?.[CLUSTER_OUTPUT];
  const facts = output !== undefined && hasFacts(output) ? parseFacts(stack, output) : undefined;
  const complete = output === undefined ? "never applied" : facts === undefined ? "without what runs in it" : "applied";
  const state = lastUpdate?.succeeded === false || record.hasPending ? "half applied" : complete;
  const told = facts === undefined ? {} : await factsTold(facts, sources, signal);
  return { stack, state, provider: config.provider, resources, ...last, ...configTold(config, sources.now), ...told };
}

function missing(stack: string, backend: string): UserError {
  return new UserError(`there is no cluster stack ${stack} in ${backend === "" ? "any backend" : backend}`, {
    exit: "notFound",
    hint: `ed8kctl cluster up ${stack} makes it, by Pulumi.${stack}.yaml`,
  });
}

function configTold(config: ClusterConfig, now: number): Pick<ClusterStatus, "kubernetes" | "addOns"> {
  if (config.provider !== "eks") return {};
  return {
    kubernetes: supportOf(config.settings.eks.version, now),
    addOns: config.platform ? planAddOns({ config }).map(({ name }) => name) : [],
  };
}

async function factsTold(
  facts: ClusterFacts,
  { look, partitions, now }: StatusSources,
  signal: AbortSignal,
): Promise<Partial<ClusterStatus>> {
  const { aws } = facts;
  const [live, use] = await Promise.all([
    orWhy(look(facts, signal)),
    aws === undefined ? undefined : orWhy(partitions(aws)),
  ]);
  if (aws === undefined) return { kubernetes: { version: facts.kubernetesVersion }, live };
  const { account, region, cluster, endpoint } = aws;
  return {
    kubernetes: supportOf(minorOf(facts.kubernetesVersion), now),
    aws: { account, region, cluster, endpoint },
    live,
    ...(use === undefined ? {} : { partitions: use }),
  };
}

async function orWhy<T>(asked: Promise<T>): Promise<T | Unknown> {
  try {
    return await asked;
  } catch (error) {
    const { message, hint } = describeError(error);
    return { message, ...(hint === undefined ? {} : { hint }) };
  }
}
