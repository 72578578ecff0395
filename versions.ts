/**
 * Versions of everything that ED8K installs or runs, in one table; no other file names one.
 * Images are written in full, as an allow-list of registries sees them.
 */
export const VERSIONS = {
  /** What the sandbox runs and what charts are rendered for when no cluster is known yet. */
  kubernetes: "1.36.3",
  pulumi: "3.259.0",
  /** What is built where no npm package carries it. */
  helm: "4.2.3",
  plugins: { kubernetes: "4.34.2", random: "4.21.2", aws: "7.48.0", eks: "4.3.0" },
  /** Kubernetes' minor version of a new EKS cluster; one of `EKS_VERSIONS`. */
  eks: "1.36",
  /** Kafka of a new MSK cluster, without ZooKeeper. https://docs.aws.amazon.com/msk/latest/developerguide/supported-kafka-versions.html */
  msk: "4.1.x.kraft",
  images: {
    /** By major version. https://hub.docker.com/_/postgres */
    postgres: {
      "15": "docker.io/library/postgres:15.14",
      "16": "docker.io/library/postgres:16.10",
      "17": "docker.io/library/postgres:17.6",
      "18": "docker.io/library/postgres:18.0",
    },
    /** Redis claims are served by Valkey, which speaks the same protocol. https://hub.docker.com/r/valkey/valkey */
    redis: { "7": "docker.io/valkey/valkey:7.2.11", "8": "docker.io/valkey/valkey:8.1.4" },
    /** https://hub.docker.com/r/apache/kafka */
    kafka: "docker.io/apache/kafka:4.1.0",
  },
  /** Of the platform's add-ons, by the chart's name. */
  charts: {
    /** https://karpenter.sh/docs/upgrading/compatibility: Kubernetes 1.36 needs 1.13 at least */
    karpenter: "1.14.1",
    "karpenter-crd": "1.14.1",
    /** https://github.com/kubernetes-sigs/aws-load-balancer-controller/releases */
    "aws-load-balancer-controller": "3.5.0",
    /** Envoy Gateway. https://gateway.envoyproxy.io/news/releases/ */
    "gateway-helm": "1.9.1",
    /** 2.31 is the first whose traffic manager asks who is calling. https://github.com/telepresenceio/telepresence/releases */
    "telepresence-oss": "2.31.1",
    /** https://github.com/prometheus-community/helm-charts/releases */
    "kube-prometheus-stack": "92.1.0",
  },
} as const;

/** What is known of one minor version of Kubernetes on EKS. */
export interface EksVersion {
  /** The last day on which it costs nothing extra, as an ISO date. */
  readonly endOfStandardSupport: string;
  /** A full version of it, for which charts are rendered. */
  readonly kubernetes: string;
  /** Add-ons of EKS that go with this version alone. https://docs.aws.amazon.com/eks/latest/userguide/managing-kube-proxy.html */
  readonly addOns: Readonly<Record<"coredns" | "kube-proxy", string>>;
}

/**
 * Kubernetes' minor versions that a cluster may have.
 * https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html, https://endoflife.date/amazon-eks (2026-08-22)
 */
export const EKS_VERSIONS: Readonly<Record<string, EksVersion>> = {
  "1.36": {
    endOfStandardSupport: "2027-08-02",
    kubernetes: "1.36.3",
    addOns: { coredns: "v1.14.3-eksbuild.3", "kube-proxy": "v1.36.0-eksbuild.14" },
  },
  "1.35": {
    endOfStandardSupport: "2027-03-27",
    kubernetes: "1.35.4",
    addOns: { coredns: "v1.14.2-eksbuild.4", "kube-proxy": "v1.35.3-eksbuild.13" },
  },
  "1.34": {
    endOfStandardSupport: "2026-12-02",
    kubernetes: "1.34.4",
    addOns: { coredns: "v1.13.2-eksbuild.4", "kube-proxy": "v1.34.6-eksbuild.13" },
  },
};

/**
 * Add-ons that EKS keeps, at a version that goes with every one of `EKS_VERSIONS`.
 * `aws eks describe-addon-versions --kubernetes-version 1.36` lists what there is.
 */
export const EKS_ADD_ONS = {
  /** Not 1.21.1: its policy agent may refuse all traffic. https://github.com/aws/aws-network-policy-agent/issues/553 */
  "vpc-cni": "v1.22.4-eksbuild.3",
  "eks-pod-identity-agent": "v1.3.10-eksbuild.3",
  "aws-ebs-csi-driver": "v1.64.0-eksbuild.1",
  "metrics-server": "v0.9.0-eksbuild.5",
  "snapshot-controller": "v8.6.0-eksbuild.4",
} as const;
export type EksAddOn = keyof typeof EKS_ADD_ONS | keyof EksVersion["addOns"];

/** The version of an add-on for a cluster of a minor version, which must be one of `EKS_VERSIONS`. */
export function eksAddOnVersion(addOn: EksAddOn, minor: string): string {
  const versions: Readonly<Partial<Record<EksAddOn, string>>> = { ...EKS_ADD_ONS, ...EKS_VERSIONS[minor]?.addOns };
  const version = versions[addOn];
  if (version === undefined) throw new Error(`${addOn} has no version for Kubernetes ${minor}`);
  return version;
}
