import assert from "node:assert/strict";
import { kubeconfigOf } from "../../../../../sandbox/providers/eks/kubeconfig.js";

describe("the kubeconfig of a cluster component", () => {
  it("holds no credential, but the command that fetches one", () => {
    const parts = { clusterName: "ed8k-dev", endpoint: "https://127.0.0.1:6443", region: "eu-west-1" };
    assert.deepEqual(kubeconfigOf({ ...parts, certificateAuthority: "UEVN" }), {
      apiVersion: "v1",
      kind: "Config",
      "current-context": "aws",
      clusters: [
        { name: "kubernetes", cluster: { server: "https://127.0.0.1:6443", "certificate-authority-data": "UEVN" } },
      ],
      contexts: [{ name: "aws", context: { cluster: "kubernetes", user: "aws" } }],
      users: [
        {
          name: "aws",
          user: {
            exec: {
              apiVersion: "client.authentication.k8s.io/v1beta1",
              command: "aws",
              args: ["--region", "eu-west-1", "eks", "get-token", "--cluster-name", "ed8k-dev", "--output", "json"],
              env: [
                {
                  name: "KUBERNETES_EXEC_INFO",
                  value: '{"apiVersion": "client.authentication.k8s.io/v1beta1"}',
                },
              ],
            },
          },
        },
      ],
    });
  });
});
