import { type ClusterConfig, parseConfig, PROJECT } from "../../config.js";
import { CLUSTER_OUTPUT, hasFacts, parseFacts, type ClusterFacts } from "../../cluster/outputs.js";
import { planAddOns } from "../../cluster/platform/add-ons/plan.js";
import { UserError } from "../../errors.js";
import { describeError, type ErrorData } from "../cli/report-error.js";
import { type StackConfig, type Stacks, UNUSED, type UpdateRecord } from "../engine/stacks.js";
import type { AwsFacts } from "./facts.js";
import { type ClusterLook, lookAt } from "./look.js";
import { type PartitionUse, readPartitions } from "./partitions.js";
import { minorOf, type Support, supportOf } from "./support.js";

/** What could not be found out, and why. */
export type Unknown = Pick<ErrorData, "message" | "hint">;

/** A cluster's version, and what says so: the API server, else what the stack said last, else what the config asks for. */
export interface KubernetesStatus extends Support {
  readonly by: "cluster" | "stack" | "config";
  /** Minor that the config asks for, where it is another one. */
  readonly asked?: string;
}

/** What there is of a cluster. */
export interface ClusterStatus {
  readonly stack: string;
  readonly state: "never applied" | "without what runs in it" | "half applied" | "applied";
  readonly provider?: ClusterConfig["provider"];
  /** How many resources the stack has made. */
  readonly resources: number;
  /** Absent when no run has ended. */
  readonly lastUpdate?: UpdateRecord;
  readonly kubernetes?: KubernetesStatus;
  /** Why the stack's config is not understood, as that of another version of ED8K; absent where it is. */
  readonly config?: Unknown;
  readonly aws?: Pick<AwsFacts, "account" | "region" | "cluster" | "endpoint">;
  /** What the cluster itself says. */
  readonly live?: ClusterLook | Unknown;
  readonly partitions?: PartitionUse | Unknown;
  /** Names of what the config asks for beside what ED8K itself needs; whether all of it runs is not looked at. */
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
  const config = readConfig(stack, raw);
  const output = outputs?.[CLUSTER_OUTPUT];
  const complete = output === undefined ? "never applied" : hasFacts(output) ? "applied" : "without what runs in it";
  const state = lastUpdate?.succeeded === false || record.hasPending ? "half applied" : complete;
  const facts = hasFacts(output) ? orWhyNow(() => parseFacts(stack, output)) : undefined;
  const asked = "message" in config ? { config } : configTold(config, sources.now);
  const told =
    facts === undefined ? {} : "message" in facts ? { live: facts } : await factsTold(facts, sources, signal);
  const { kubernetes } = { ...asked, ...told };
  const version =
    kubernetes === undefined ? {} : { kubernetes: { ...kubernetes, ...askedOtherwise(config, kubernetes) } };
  return { stack, state, resources, ...last, ...asked, ...told, ...version };
}

/** @throws UserError (usage) for an environment's stack */
function readConfig(stack: string, raw: StackConfig): ClusterConfig | Unknown {
  if (raw[`${PROJECT}:kind`] !== "cluster") {
    throw new UserError(`${stack} is an environment, no cluster`, { exit: "usage", hint: `ed8kctl show ${stack}` });
  }
  const config = orWhyNow(() => parseConfig(stack, raw));
  return "message" in config || config.kind === "cluster" ? config : { message: "it is an environment's" };
}

function missing(stack: string, backend: string): UserError {
  return new UserError(`there is no cluster stack ${stack} in ${backend === "" ? "any backend" : backend}`, {
    exit: "notFound",
    hint: `ed8kctl cluster up ${stack} makes it, by Pulumi.${stack}.yaml`,
  });
}

function configTold(config: ClusterConfig, now: number): Pick<ClusterStatus, "provider" | "kubernetes" | "addOns"> {
  const { provider } = config;
  if (provider !== "eks") return { provider };
  const kubernetes = { ...supportOf(config.settings.eks.version, now), by: "config" } as const;
  const addOns = config.platform ? orWhyNow(() => planAddOns({ config }).map(({ name }) => name)) : [];
  // Names that another version of ED8K knows are told when the cluster is applied.
  return { provider, kubernetes, ...("message" in addOns ? {} : { addOns }) };
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
  const [version, by] =
    "message" in live ? ([facts.kubernetesVersion, "stack"] as const) : ([live.version, "cluster"] as const);
  if (aws === undefined) return { kubernetes: { version, by }, live };
  const { account, region, cluster, endpoint } = aws;
  return {
    kubernetes: { ...supportOf(minorOf(version), now), by },
    aws: { account, region, cluster, endpoint },
    live,
    ...(use === undefined ? {} : { partitions: use }),
  };
}

function askedOtherwise(config: ClusterConfig | Unknown, { version }: Support): Pick<KubernetesStatus, "asked"> {
  if ("message" in config || config.provider !== "eks") return {};
  const asked = config.settings.eks.version;
  return asked === minorOf(version) ? {} : { asked };
}

async function orWhy<T>(asked: Promise<T>): Promise<T | Unknown> {
  try {
    return await asked;
  } catch (error) {
    return whyNot(error);
  }
}

/** Of what is decided without asking anybody: only what users can do something about. */
function orWhyNow<T>(decide: () => T): T | Unknown {
  try {
    return decide();
  } catch (error) {
    if (error instanceof UserError) return whyNot(error);
    throw error;
  }
}

function whyNot(error: unknown): Unknown {
  const { message, hint } = describeError(error);
  return { message, ...(hint === undefined ? {} : { hint }) };
}
