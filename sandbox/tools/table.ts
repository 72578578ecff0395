import { VERSIONS } from "../../versions.js";

/** A version as `[major, minor, patch]`. */
export type Version = readonly [number, number, number];

/** A Go module of `sandbox/tools/` whose go.mod pins what is built from it. */
export type GoModule = "pulumi" | "kubernetes" | "helm" | "node";

/** A program that the sandbox runs. */
export interface Tool {
  /** What it prints its version for. */
  readonly versionArgs: readonly string[];
  /** Versions that are used when found on PATH, for messages; left out for programs of our own. */
  readonly wanted?: string;
  readonly suits: (version: Version) => boolean;
  /** What Go builds, in which module; a path that begins with `./` is source of this checkout. */
  readonly build: { readonly module: GoModule; readonly package: string };
  /** Path in the npm package that carries the program ready-made for linux/amd64. */
  readonly packed?: string;
}

const pulumi = numbers(VERSIONS.pulumi);
const kubernetes = numbers(VERSIONS.kubernetes);

/** The parts of Kubernetes are released together: same minor version. https://kubernetes.io/releases/version-skew-policy/ */
function partOfKubernetes(name: string, module: GoModule) {
  return {
    versionArgs: ["--version"],
    wanted: `${kubernetes[0]}.${kubernetes[1]}`,
    suits: ([major, minor]: Version) => major === kubernetes[0] && minor === kubernetes[1],
    build: { module, package: `k8s.io/kubernetes/cmd/${name}` },
  };
}

/** Every tool of the sandbox; helm also renders charts where there is no sandbox. */
export const TOOLS = {
  pulumi: {
    versionArgs: ["version"],
    wanted: `${VERSIONS.pulumi} or a later ${pulumi[0]}.x`,
    suits: (version) => version[0] === pulumi[0] && compare(version, pulumi) >= 0,
    build: { module: "pulumi", package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi" },
  },
  etcd: {
    versionArgs: ["--version"],
    wanted: "3.6",
    suits: ([major, minor]) => major === 3 && minor === 6,
    build: { module: "kubernetes", package: "go.etcd.io/etcd/server/v3" },
  },
  "kube-apiserver": partOfKubernetes("kube-apiserver", "kubernetes"),
  "kube-controller-manager": partOfKubernetes("kube-controller-manager", "kubernetes"),
  "kube-scheduler": partOfKubernetes("kube-scheduler", "kubernetes"),
  kwok: {
    versionArgs: ["--version"],
    wanted: "0.8",
    suits: ([major, minor]) => major === 0 && minor === 8,
    build: { module: "kubernetes", package: "sigs.k8s.io/kwok/cmd/kwok" },
  },
  // For real nodes alone.
  kubelet: partOfKubernetes("kubelet", "node"),
  "kube-proxy": partOfKubernetes("kube-proxy", "node"),
  dns: { versionArgs: [], suits: () => false, build: { module: "node", package: "./dns" } },
  kubectl: {
    versionArgs: ["version", "--client"],
    wanted: `${kubernetes[0]}.${kubernetes[1] - 1} to ${kubernetes[0]}.${kubernetes[1] + 1}`,
    suits: ([major, minor]) => major === kubernetes[0] && Math.abs(minor - kubernetes[1]) <= 1,
    build: { module: "helm", package: "k8s.io/kubernetes/cmd/kubectl" },
    packed: "kubectl/kubectl",
  },
  helm: {
    versionArgs: ["version", "--short"],
    wanted: "4.x",
    suits: ([major]) => major === 4,
    build: { module: "helm", package: "helm.sh/helm/v4/cmd/helm" },
    packed: "helm/helm",
  },
} as const satisfies Record<string, Tool>;

export type ToolName = keyof typeof TOOLS;

/** The first version number in what a tool printed. */
export function parseVersion(text: string): Version | undefined {
  const match = /\bv?(\d+)\.(\d+)\.(\d+)/.exec(text);
  return match === null ? undefined : [Number(match[1]), Number(match[2]), Number(match[3])];
}

/** Negative, zero or positive as `a` is before, equal to or after `b`. */
export function compare(a: Version, b: Version): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

function numbers(text: string): Version {
  const version = parseVersion(text);
  if (version === undefined) throw new Error(`no version: ${text}`);
  return version;
}
