import { versionFaults } from "../../cluster/aws/plan/versions.js";
import type { ClusterFacts } from "../../cluster/outputs.js";
import { isNearlyUsed, readPartitions } from "../cluster/partitions.js";
import { minorOf, supportOf } from "../cluster/support.js";
import { Warning } from "./check.js";

/**
 * @returns until when EKS supports the cluster's Kubernetes; nothing of a cluster that its stack has not made
 * @throws Warning when that ends soon: EKS then upgrades the cluster by itself
 */
export function checkSupport({ aws, kubernetesVersion }: ClusterFacts, now: Date): string | undefined {
  if (aws === undefined) return undefined;
  const version = minorOf(kubernetesVersion);
  const [fault] = versionFaults(version, now);
  if (fault !== undefined) throw new Warning(fault.problem, fault.hint === undefined ? {} : { hint: fault.hint });
  return `Kubernetes ${version} has standard support until ${supportOf(version, now.getTime()).endOfStandardSupport ?? ""}`;
}

/**
 * @returns how many partitions the shared Kafka has left; nothing of a cluster that its stack has not made
 * @throws Warning when few are, or AWS does not say, which developers need not be allowed to ask
 */
export async function checkPartitions({ name, aws }: ClusterFacts, read = readPartitions): Promise<string | undefined> {
  if (aws === undefined) return undefined;
  const use = await read(aws).catch((error: unknown) => {
    throw new Warning(`not known: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  });
  const told = `${use.used} of ${use.budget} replicas of partitions are used`;
  if (!isNearlyUsed(use)) return `${told}, ${use.left} are left`;
  throw new Warning(told, {
    hint: `remove environments that nobody uses (ed8kctl list --all), or add brokers: ed8k:msk.brokers, then ed8kctl cluster up ${name}`,
  });
}
