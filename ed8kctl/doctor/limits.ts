import { describeError } from "../cli/report-error.js";
import { isDenied } from "../aws/refusals.js";
import { versionFaults } from "../../cluster/aws/plan/versions.js";
import type { ClusterFacts } from "../../cluster/outputs.js";
import { EKS_VERSIONS } from "../../versions.js";
import { isNearlyUsed, readPartitions } from "../cluster/partitions.js";
import { minorOf, supportOf } from "../cluster/support.js";
import { Warning } from "./check.js";

/** Which Kubernetes there is, and when it is asked. */
export interface SupportLook {
  /** What the API server says, such as `1.36.3`. */
  readonly version: string;
  readonly now: Date;
}

/**
 * @returns until when EKS supports the cluster's Kubernetes; nothing of a cluster that its stack has not made
 * @throws Warning when that ends soon, for EKS then upgrades the cluster by itself, and when it has done so already
 */
export function checkSupport(
  { name, aws, kubernetesVersion }: ClusterFacts,
  { version: live, now }: SupportLook,
): string | undefined {
  if (aws === undefined) return undefined;
  const version = minorOf(live);
  const recorded = minorOf(kubernetesVersion);
  if (version !== recorded) {
    const problem = `the API server has Kubernetes ${version}, its stack ${name} says ${recorded}`;
    throw new Warning(problem, { hint: hintFor(name, { version, recorded }) });
  }
  const [fault] = versionFaults(version, now);
  if (fault !== undefined) throw new Warning(fault.problem, fault.hint === undefined ? {} : { hint: fault.hint });
  return `Kubernetes ${version} has standard support until ${supportOf(version, now.getTime()).endOfStandardSupport ?? ""}`;
}

/** EKS upgrades by itself at the end of support; down it goes by hand alone, and `cluster up` refuses to. */
function hintFor(name: string, { version, recorded }: { readonly version: string; readonly recorded: string }): string {
  if (!Object.hasOwn(EKS_VERSIONS, version)) return `this ED8K does not know ${version} yet: update it first`;
  const set = `set ed8k:eks.version in Pulumi.${name}.yaml to ${version}, then:`;
  const isOlder = version.localeCompare(recorded, "en", { numeric: true }) < 0;
  return isOlder ? `${set} pulumi up --refresh --stack ${name}` : `${set} ed8kctl cluster up ${name} --refresh`;
}

/**
 * @returns how many partitions the shared Kafka has left, which developers need not be allowed to ask; nothing of a cluster
 *   that its stack has not made
 * @throws Warning when few are, or AWS does not say
 */
export async function checkPartitions({ name, aws }: ClusterFacts, read = readPartitions): Promise<string | undefined> {
  if (aws === undefined) return undefined;
  const use = await read(aws).catch((error: unknown) => {
    if (isDenied(error)) return undefined;
    const { message, hint } = describeError(error);
    throw new Warning(`not known: ${message}`, { ...(hint === undefined ? {} : { hint }), cause: error });
  });
  if (use === undefined) return "partitions are not shown to you, which is no fault";
  const told = `${use.used} of ${use.budget} replicas of partitions are used`;
  if (!isNearlyUsed(use)) return `${told}, ${use.left} are left`;
  throw new Warning(told, {
    hint: `remove environments that nobody uses (ed8kctl list --all), or add brokers: ed8k:msk.brokers, then ed8kctl cluster up ${name}`,
  });
}
