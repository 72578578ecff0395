import type { Fault } from "../../../errors.js";
import { EKS_VERSIONS } from "../../../versions.js";

/** Days before the end of a version's support in which to choose another one. */
export const NOTICE_DAYS = 90;
const DAY = 24 * 60 * 60 * 1000;
const WHERE = "ed8k:eks.version";

/** Told for a version that is not in the table. */
export function unknownVersionFaults(version: string): readonly Fault[] {
  if (EKS_VERSIONS[version] !== undefined) return [];
  const problem = `"${version}" is no version of Kubernetes that ED8K knows on EKS; there are ${Object.keys(EKS_VERSIONS).join(", ")}`;
  return [{ where: WHERE, problem, hint: `pulumi config set --path '${WHERE}' ${newest()}` }];
}

/**
 * Told for a version that is not known, or whose standard support has ended or ends soon: EKS then upgrades the cluster
 * on a day of its own choice. https://docs.aws.amazon.com/eks/latest/userguide/view-upgrade-policy.html
 */
export function versionFaults(version: string, today: Date): readonly Fault[] {
  const known = EKS_VERSIONS[version];
  if (known === undefined) return unknownVersionFaults(version);
  const end = known.endOfStandardSupport;
  const left = Math.floor((Date.parse(end) - today.getTime()) / DAY);
  if (left > NOTICE_DAYS) return [];
  const problem =
    left < 0
      ? `the standard support of Kubernetes ${version} on EKS has ended on ${end}`
      : `the standard support of Kubernetes ${version} on EKS ends in ${left} days, on ${end}`;
  const next = newest();
  const hint = next === version ? "add a newer version to versions.ts" : `upgrade one version at a time, up to ${next}`;
  return [{ where: WHERE, problem: `${problem}; EKS then upgrades it by itself`, hint }];
}

/** The version that is supported longest. */
function newest(): string {
  const [first = ""] = Object.entries(EKS_VERSIONS)
    .sort(([, one], [, other]) => other.endOfStandardSupport.localeCompare(one.endOfStandardSupport))
    .map(([version]) => version);
  return first;
}
