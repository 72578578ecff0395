export interface KubeconfigParts {
  readonly clusterName: string;
  readonly endpoint: string;
  readonly region: string;
  /** The authority of the API server's certificate, PEM in base64. */
  readonly certificateAuthority: string;
}

/** The kubeconfig that the published component gives: it holds no credential, but the command that fetches one. */
export function kubeconfigOf({ clusterName, endpoint, region, certificateAuthority }: KubeconfigParts): object {
  return {
    apiVersion: "v1",
    kind: "Config",
    "current-context": "aws",
    clusters: [
      { name: "kubernetes", cluster: { server: endpoint, "certificate-authority-data": certificateAuthority } },
    ],
    contexts: [{ name: "aws", context: { cluster: "kubernetes", user: "aws" } }],
    users: [
      {
        name: "aws",
        user: {
          exec: {
            apiVersion: "client.authentication.k8s.io/v1beta1",
            command: "aws",
            args: ["--region", region, "eks", "get-token", "--cluster-name", clusterName, "--output", "json"],
            env: [{ name: "KUBERNETES_EXEC_INFO", value: `{"apiVersion": "client.authentication.k8s.io/v1beta1"}` }],
          },
        },
      },
    ],
  };
}
