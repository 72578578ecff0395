import { requireIdentity, readUid, WrongClusterError } from "../cluster/identity.js";
import { CLUSTER_OUTPUT, parseFacts, type ClusterFacts } from "../cluster/outputs.js";
import { UserError } from "../errors.js";
import { KubeClient } from "../kube/client.js";
import { clusterAccess } from "./cluster/access.js";
import { backendUrl } from "./engine/backend.js";
import { forgetFacts, recallFacts, recordFacts } from "./known-clusters.js";
import { useSandboxWhereNothingElse } from "./sandbox-defaults.js";

/** The cluster that a verb acts on: the recorded one, whatever the kubeconfig's current context is. */
export interface Target {
  readonly facts: ClusterFacts;
  /** Acts as the user of the kubeconfig, in the recorded context. */
  readonly client: KubeClient;
  /** URL of the backend that keeps the stacks. */
  readonly backend: string;
}

export interface TargetOptions {
  /** Name of the cluster stack. @default "dev" */
  readonly cluster?: string;
}

/**
 * Finds the cluster by what its stack has recorded, checks that it is that one, and works with it.
 * @throws UserError when the cluster stack was never applied, the context is not in the kubeconfig, the cluster cannot
 * be reached, or another cluster answers
 */
export function withTarget<T>(options: TargetOptions, work: (target: Target) => Promise<T>): Promise<T> {
  return withUncheckedTarget(options, async (target) => {
    requireIdentity(target.facts, await readUid(target.client));
    return work(target);
  });
}

/**
 * As `withTarget`, for work that compares the cluster's identity itself (`requireIdentity`), in a request that it makes
 * anyway. What this machine remembers of the cluster may be out of date; then the stack is asked and the work begins
 * once more.
 */
export async function withUncheckedTarget<T>(
  { cluster = "dev" }: TargetOptions,
  work: (target: Target) => Promise<T>,
): Promise<T> {
  useSandboxWhereNothingElse();
  const backend = backendUrl();
  const known = recallFacts(backend, cluster);
  if (known !== undefined && isReachable(known)) {
    try {
      return await use({ facts: known, backend }, work);
    } catch (error) {
      if (!(error instanceof WrongClusterError)) throw error;
    }
  }
  if (known !== undefined) forgetFacts(backend, cluster);
  return use({ facts: await askStack(backend, cluster), backend }, work);
}

/** False where the kubeconfig has no such context: the stack may name another one by now. */
function isReachable(facts: ClusterFacts): boolean {
  try {
    clusterAccess(facts);
    return true;
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}

async function use<T>(target: Omit<Target, "client">, work: (target: Target) => Promise<T>): Promise<T> {
  const client = new KubeClient(clusterAccess(target.facts));
  try {
    return await work({ ...target, client });
  } finally {
    client.close();
  }
}

/** @throws UserError when there is no such stack, or it was never applied */
export async function askStack(backend: string, cluster: string): Promise<ClusterFacts> {
  const { openStacks } = await import("./engine/automation.js");
  const outputs = await openStacks().outputs(cluster);
  if (outputs === undefined) {
    throw new UserError(`there is no cluster stack ${cluster} in ${backend === "" ? "any backend" : backend}`, {
      hint: `make it (ed8kctl cluster up ${cluster}), or start the sandbox: ed8kctl sandbox up`,
      exit: "notFound",
    });
  }
  const facts = parseFacts(cluster, outputs[CLUSTER_OUTPUT]);
  recordFacts(backend, facts);
  return facts;
}
