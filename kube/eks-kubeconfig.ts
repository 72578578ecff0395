import type { JsonObject } from "./manifest.js";

/** How an EKS cluster is reached; none of it is a secret. */
export interface EksEndpoint {
  /** The cluster's name on EKS. */
  readonly cluster: string;
  readonly region: string;
  readonly endpoint: string;
  /** PEM in base64, as EKS gives it. */
  readonly certificateAuthority: string;
}

export interface EksKubeconfigOptions {
  /** Name of the context, and of the cluster and the user that it puts together. */
  readonly context: string;
  /** The AWS profile whose session is taken. @default the one that is set where kubectl runs */
  readonly profile?: string;
}

/** The three entries of a kubeconfig. */
export interface KubeconfigEntries {
  readonly name: string;
  readonly cluster: JsonObject;
  readonly user: JsonObject;
  readonly context: JsonObject;
}

/**
 * What a kubeconfig says of an EKS cluster: everybody is whom their own AWS session is, by a token that is asked for each
 * time. https://docs.aws.amazon.com/eks/latest/userguide/create-kubeconfig.html
 */
export function eksEntries(eks: EksEndpoint, { context: name, profile }: EksKubeconfigOptions): KubeconfigEntries {
  const exec = {
    apiVersion: "client.authentication.k8s.io/v1beta1",
    command: "aws",
    args: ["eks", "get-token", "--cluster-name", eks.cluster, "--region", eks.region, "--output", "json"],
    ...(profile === undefined ? {} : { env: [{ name: "AWS_PROFILE", value: profile }] }),
    interactiveMode: "Never",
    installHint: "Install the AWS CLI: https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html",
  };
  return {
    name,
    cluster: { server: eks.endpoint, "certificate-authority-data": eks.certificateAuthority },
    user: { exec },
    context: { cluster: name, user: name },
  };
}

/** A kubeconfig of nothing else. */
export function kubeconfigOf({ name, cluster, user, context }: KubeconfigEntries): JsonObject {
  return {
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name, cluster }],
    users: [{ name, user }],
    contexts: [{ name, context }],
    "current-context": name,
  };
}
