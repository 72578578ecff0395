import { EKS_ADD_ONS, EKS_VERSIONS, type EksAddOn, eksAddOnVersion } from "../../../../versions.js";
import { AwsError } from "../aws-error.js";
import { page } from "../operations.js";
import type { EksCall } from "./state.js";
import { requireVersion } from "./versions.js";

/** The pinned ones: those that go with every version of Kubernetes, and those that go with one. */
const ADD_ONS = [
  ...new Set([EKS_ADD_ONS, ...Object.values(EKS_VERSIONS).map(({ addOns }) => addOns)].flatMap(Object.keys)),
] as EksAddOn[];

/** An add-on that the sandbox knows. @throws AwsError when it is none */
export function requireAddOn(name: string): EksAddOn {
  const found = ADD_ONS.find((one) => one === name);
  if (found !== undefined) return found;
  throw new AwsError(
    "InvalidParameterException",
    `Addon ${name} specified is not supported; the sandbox knows ${ADD_ONS.join(", ")}`,
  );
}

/**
 * A version that an add-on may have: one of the pinned ones, of any Kubernetes version, so that a mistyped pin fails here
 * as on AWS. @throws AwsError otherwise
 */
export function requireAddOnVersion(name: string, version: string): string {
  const addOn = requireAddOn(name);
  const offered = [...new Set(Object.keys(EKS_VERSIONS).map((kubernetes) => eksAddOnVersion(addOn, kubernetes)))];
  if (offered.includes(version)) return version;
  throw new AwsError(
    "InvalidParameterException",
    `Addon version specified is not supported: ${version}; the sandbox knows ${offered.join(", ")}`,
  );
}

/** DescribeAddonVersions. The sandbox's word on versions is no proof that EKS has them. */
export function addOnVersions({ query }: EksCall): object {
  const name = query.get("addonName");
  const kubernetes = query.get("kubernetesVersion");
  const clusterVersions = kubernetes === null ? Object.keys(EKS_VERSIONS) : [requireVersion(kubernetes)];
  const offered = ADD_ONS.filter((one) => name === null || one === name);
  const { items, ...next } = page(offered, query);
  return {
    addons: items.map((addonName) => ({
      addonName,
      type: "networking",
      owner: "aws",
      publisher: "eks",
      addonVersions: versionsOf(addonName, clusterVersions),
    })),
    ...next,
  };
}

function versionsOf(name: EksAddOn, clusterVersions: readonly string[]): object[] {
  const versions = [...new Set(clusterVersions.map((version) => eksAddOnVersion(name, version)))];
  return versions.map((addonVersion) => ({
    addonVersion,
    architecture: ["amd64", "arm64"],
    compatibilities: clusterVersions
      .filter((version) => eksAddOnVersion(name, version) === addonVersion)
      .map((clusterVersion) => ({ clusterVersion, platformVersions: ["*"], defaultVersion: true })),
    requiresConfiguration: false,
  }));
}
