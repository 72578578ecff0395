import { EKS_VERSIONS } from "../../../../versions.js";
import { page } from "../operations.js";
import type { EksCall } from "./state.js";
import { minorOf } from "./versions.js";

/** Add-ons that the sandbox knows, and a version for each; kube-proxy's follows the cluster's. */
export const ADD_ONS: Readonly<Record<string, string>> = {
  "vpc-cni": "v1.21.1-eksbuild.1",
  "kube-proxy": "",
  coredns: "v1.13.1-eksbuild.1",
  "eks-pod-identity-agent": "v1.3.10-eksbuild.1",
  "aws-ebs-csi-driver": "v1.55.0-eksbuild.1",
  "snapshot-controller": "v8.4.0-eksbuild.1",
  "metrics-server": "v0.8.0-eksbuild.6",
};

/** The version that a cluster gets when none is named. */
export function defaultAddOnVersion(name: string, kubernetes: string): string {
  return name === "kube-proxy" ? `v1.${minorOf(kubernetes)}.0-eksbuild.1` : (ADD_ONS[name] ?? "");
}

/** DescribeAddonVersions. The sandbox's word on versions is no proof that EKS has them. */
export function addOnVersions({ query }: EksCall): object {
  const name = query.get("addonName");
  const kubernetes = query.get("kubernetesVersion");
  const clusterVersions = kubernetes === null ? Object.keys(EKS_VERSIONS) : [kubernetes];
  const offered = Object.keys(ADD_ONS).filter((one) => name === null || one === name);
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

function versionsOf(name: string, clusterVersions: readonly string[]): object[] {
  const versions = [...new Set(clusterVersions.map((version) => defaultAddOnVersion(name, version)))];
  return versions.map((addonVersion) => ({
    addonVersion,
    architecture: ["amd64", "arm64"],
    compatibilities: clusterVersions
      .filter((version) => defaultAddOnVersion(name, version) === addonVersion)
      .map((clusterVersion) => ({ clusterVersion, platformVersions: ["*"], defaultVersion: true })),
    requiresConfiguration: false,
  }));
}
