import { parseConfig } from "../../config.js";
import { requireIdentity, readUid } from "../../cluster/identity.js";
import type { ClusterFacts } from "../../cluster/outputs.js";
import { UserError } from "../../errors.js";
import { KubeClient } from "../../kube/client.js";
import { UnreachableError } from "../../kube/errors.js";
import { type StackConfig, type Stacks, UNUSED } from "../engine/stacks.js";
import { listEnvironments } from "../live/list.js";
import { clusterAccess } from "./access.js";

/** So many stacks are asked for their config at once; each is a run of the engine. */
const AT_ONCE = 8;

/** Set by whoever knows that the API server is gone for good; the Kubernetes provider then forgets what was in it. */
const DELETE_UNREACHABLE = "PULUMI_K8S_DELETE_UNREACHABLE";

/**
 * Environments of the backend that are on the cluster and have made something, by name. A stack that is empty is none:
 * its namespace is gone.
 */
export async function dependentStacks(stacks: Stacks, cluster: string): Promise<readonly string[]> {
  const others = (await stacks.list()).filter(({ name, resources }) => name !== cluster && resources !== 0);
  const found: string[] = [];
  for (let from = 0; from < others.length; from += AT_ONCE) {
    const some = others.slice(from, from + AT_ONCE);
    const configs = await Promise.all(some.map(({ name }) => stacks.config(name)));
    found.push(...some.filter(({ name }, index) => isOn(cluster, name, configs[index])).map(({ name }) => name));
  }
  return found.sort();
}

/** One whose first update was killed does not say where it is; its namespace, if there is one, does. */
function isOn(cluster: string, name: string, raw: StackConfig | undefined): boolean {
  if (raw === undefined || raw === UNUSED) return false;
  try {
    const config = parseConfig(name, raw);
    return config.kind === "environment" && config.cluster === cluster;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    // Of another version of ED8K, or written by hand: what it says of the cluster holds all the same.
    return raw["ed8k:kind"] !== "cluster" && (raw["ed8k:cluster"] ?? "dev") === cluster;
  }
}

export interface LiveDependents {
  /** Environments by the namespaces that the cluster has, by name. */
  readonly environments: readonly string[];
  /** False where the cluster does not answer, and it was said that it is gone for good. */
  readonly looked: boolean;
}

/**
 * Environments whose namespaces are on the cluster.
 * @throws UserError when another cluster answers, or none does and nobody has said that it is gone
 */
export async function liveDependents(facts: ClusterFacts, signal: AbortSignal): Promise<LiveDependents> {
  const client = new KubeClient(clusterAccess(facts));
  try {
    requireIdentity(facts, await readUid(client));
    const { environments } = await listEnvironments({ client, facts }, { signal });
    return { environments: environments.map(({ name }) => name), looked: true };
  } catch (error) {
    if (error instanceof UnreachableError && process.env[DELETE_UNREACHABLE] === "true") {
      return { environments: [], looked: false };
    }
    throw error;
  } finally {
    client.close();
  }
}

/** @throws UserError that names the environments and how they are removed; does nothing where there are none */
export function requireNoDependents(cluster: string, environments: readonly string[]): void {
  if (environments.length === 0) return;
  const names = [...new Set(environments)].sort();
  const count = names.length === 1 ? "an environment" : `${names.length} environments`;
  throw new UserError(`the cluster ${cluster} has ${count}, and stays: ${names.join(", ")}`, {
    hint: `remove them first: ${names.map((name) => `ed8kctl destroy ${name} --cluster ${cluster} --yes`).join("; ")}`,
  });
}
