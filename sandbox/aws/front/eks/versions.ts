import { EKS_VERSIONS } from "../../../../versions.js";
import { AwsError } from "../aws-error.js";
import type { EksOperation } from "./state.js";

/** Operations on what EKS offers. */
export const OFFERS: readonly EksOperation[] = [
  {
    name: "DescribeClusterVersions",
    method: "GET",
    path: "/cluster-versions",
    readsOnly: true,
    answer: describeVersions,
  },
  // Insights are checks of AWS' own; the sandbox finds nothing.
  {
    name: "ListInsights",
    method: "POST",
    path: "/clusters/{name}/insights",
    readsOnly: true,
    answer: () => ({ insights: [] }),
  },
];

/** Newest first. */
const VERSIONS = Object.keys(EKS_VERSIONS).sort((one, other) => minorOf(other) - minorOf(one));

export function newestVersion(): string {
  return VERSIONS[0] ?? "";
}

/** @throws AwsError when EKS does not have that version */
export function requireVersion(version: string): string {
  if (VERSIONS.includes(version)) return version;
  throw new AwsError(
    "InvalidParameterException",
    `unsupported Kubernetes version ${version}; supported are ${VERSIONS.join(", ")}`,
  );
}

/** A cluster goes up one minor version at a time, and never down. @throws AwsError otherwise */
export function requireNextMinor(from: string, to: string): void {
  requireVersion(to);
  if (minorOf(to) === minorOf(from) + 1) return;
  throw new AwsError("InvalidParameterException", `Unsupported Kubernetes minor version update from ${from} to ${to}`);
}

export function minorOf(version: string): number {
  return Number(version.split(".")[1]);
}

function describeVersions(): object {
  return {
    clusterVersions: VERSIONS.map((clusterVersion) => ({
      clusterVersion,
      clusterType: "eks",
      defaultVersion: clusterVersion === newestVersion(),
      endOfStandardSupportDate: Date.parse(EKS_VERSIONS[clusterVersion]?.endOfStandardSupport ?? "") / 1000,
      kubernetesPatchVersion: EKS_VERSIONS[clusterVersion]?.kubernetes,
      versionStatus: "STANDARD_SUPPORT",
    })),
  };
}
