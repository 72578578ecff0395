import assert from "node:assert/strict";
import { stringify } from "yaml";
import { loadAccess } from "../../../kube/access.js";
import { eksEntries, kubeconfigOf } from "../../../kube/eks-kubeconfig.js";

const EKS = {
  cluster: "ed8k-dev",
  region: "eu-west-1",
  endpoint: "https://ABC.gr7.eu-west-1.eks.amazonaws.com",
  certificateAuthority: Buffer.from("PEM").toString("base64"),
};

describe("the kubeconfig of an EKS cluster", () => {
  it("holds no credential: who uses it gets a token for the own AWS session each time [row 98]", () => {
    assert.deepEqual(eksEntries(EKS, { context: "ed8k-dev" }), {
      name: "ed8k-dev",
      cluster: { server: EKS.endpoint, "certificate-authority-data": "UEVN" },
      user: {
        exec: {
          apiVersion: "client.authentication.k8s.io/v1beta1",
          command: "aws",
          args: ["eks", "get-token", "--cluster-name", "ed8k-dev", "--region", "eu-west-1", "--output", "json"],
          interactiveMode: "Never",
          installHint:
            "Install the AWS CLI: https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html",
        },
      },
      context: { cluster: "ed8k-dev", user: "ed8k-dev" },
    });
  });

  it("may name the profile whose session is taken", () => {
    const { user } = eksEntries(EKS, { context: "ed8k-dev", profile: "dev-sso" });
    assert.deepEqual((user["exec"] as { env?: unknown }).env, [{ name: "AWS_PROFILE", value: "dev-sso" }]);
  });

  it("is one that is understood", () => {
    const content = stringify(kubeconfigOf(eksEntries(EKS, { context: "ed8k-dev", profile: "dev-sso" })));
    const { context, server, ca, user } = loadAccess({ content });
    assert.deepEqual(
      [context, server, ca, user.exec?.env],
      ["ed8k-dev", EKS.endpoint, "PEM", { AWS_PROFILE: "dev-sso" }],
    );
  });
});
