import assert from "node:assert/strict";
import { InputPropertiesError } from "@pulumi/pulumi";
import { kubeconfigOf } from "../../../../../sandbox/providers/eks/kubeconfig.js";
import { constructed } from "./constructed.js";

const TYPE = "eks:index:Cluster";
const TAGS = { "ed8k:cluster": "dev" };
const INPUTS = {
  name: "ed8k-dev",
  version: "1.36",
  vpcId: "vpc-1",
  subnetIds: ["subnet-a", "subnet-b"],
  skipDefaultSecurityGroups: true,
  skipDefaultNodeGroup: true,
  useDefaultVpcCni: true,
  kubeProxyAddonOptions: { enabled: false },
  authenticationMode: "API",
  endpointPrivateAccess: true,
  endpointPublicAccess: false,
  enabledClusterLogTypes: ["api"],
  encryptionConfigKeyArn: "arn:key",
  upgradePolicy: { supportType: "STANDARD" },
  tags: TAGS,
};

const KUBECONFIG = kubeconfigOf({
  clusterName: "ed8k-dev",
  endpoint: "https://127.0.0.1:6443",
  region: "eu-west-1",
  certificateAuthority: "UEVN",
});

describe("the eks stand-in's cluster", () => {
  it("is made of what the published component makes, and nothing else", async () => {
    const resources = await constructed(TYPE, INPUTS);
    assert.deepEqual(resources.slice(0, -1), [
      { type: TYPE, name: "ed8k-dev", inputs: INPUTS },
      { type: "eks:index:ServiceRole", name: "ed8k-dev-eksRole", inputs: {} },
      {
        type: "aws:iam/role:Role",
        name: "ed8k-dev-eksRole-role",
        inputs: {
          description: "Allows EKS to manage clusters on your behalf.",
          assumeRolePolicy: JSON.stringify({
            Version: "2012-10-17",
            Statement: [
              {
                Action: ["sts:AssumeRole", "sts:TagSession"],
                Effect: "Allow",
                Principal: { Service: ["eks.amazonaws.com"] },
              },
            ],
          }),
          tags: TAGS,
        },
      },
      {
        type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
        name: "ed8k-dev-eksRole-4b490823",
        inputs: {
          policyArn: "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy",
          role: "ed8k-dev-eksRole-role-id",
        },
      },
      {
        type: "aws:eks/cluster:Cluster",
        name: "ed8k-dev-eksCluster",
        inputs: {
          name: "ed8k-dev",
          version: "1.36",
          roleArn: "arn:aws:iam::111122223333:role/ed8k-dev-eksRole-role",
          vpcConfig: {
            subnetIds: ["subnet-a", "subnet-b"],
            endpointPrivateAccess: true,
            endpointPublicAccess: false,
          },
          accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: true },
          bootstrapSelfManagedAddons: true,
          enabledClusterLogTypes: ["api"],
          encryptionConfig: { provider: { keyArn: "arn:key" }, resources: ["secrets"] },
          upgradePolicy: { supportType: "STANDARD" },
          tags: { Name: "ed8k-dev-eksCluster", "ed8k:cluster": "dev" },
        },
      },
      {
        type: "pulumi:providers:kubernetes",
        name: "ed8k-dev-eks-k8s",
        inputs: { kubeconfig: JSON.stringify(KUBECONFIG) },
      },
    ]);
  });

  it("gives the outputs that programs read", async () => {
    const outputs = (await constructed(TYPE, INPUTS)).at(-1)?.inputs ?? {};
    const { core, eksCluster, kubeconfig, ...plain } = outputs;
    assert.deepEqual(kubeconfig, KUBECONFIG);
    assert.deepEqual(plain, {
      autoModeNodeRoleName: "",
      clusterIngressRuleId: "",
      clusterSecurityGroupId: "sg-nodes",
      defaultNodeGroupAsgName: "",
      fargateProfileId: "",
      fargateProfileStatus: "",
      instanceRoles: [],
      kubeconfigJson: JSON.stringify(KUBECONFIG),
      nodeSecurityGroupId: "sg-nodes",
      oidcIssuer: "oidc.eks.eu-west-1.amazonaws.com/id/1",
      oidcProviderArn: "",
      oidcProviderUrl: "https://oidc.eks.eu-west-1.amazonaws.com/id/1",
    });
    assert.deepEqual(Object.keys(core as object).sort(), [
      "accessEntries",
      "autoModeNodeRoleName",
      "cluster",
      "clusterIamRole",
      "encryptionConfig",
      "endpoint",
      "instanceRoles",
      "kubeconfig",
      "nodeGroupOptions",
      "provider",
      "storageClasses",
      "subnetIds",
      "tags",
      "vpcId",
    ]);
    assert.notEqual(eksCluster, undefined);
  });

  it("refuses, with everything at once, what it would make otherwise than the published component", async () => {
    const { version: _version, ...inputs } = INPUTS;
    const wrong = { ...inputs, fargate: true, skipDefaultNodeGroup: false, kubeProxyAddonOptions: undefined };
    const failure: unknown = await constructed(TYPE, wrong).catch((error: unknown) => error);
    assert.ok(failure instanceof InputPropertiesError);
    assert.equal(failure.message, "The sandbox's eks provider cannot make this cluster");
    assert.deepEqual(failure.errors, [
      {
        propertyPath: "fargate",
        reason: `is not supported by the sandbox; supported are name, version, vpcId, subnetIds, clusterSecurityGroup, ${Object.keys(INPUTS).slice(4).join(", ")}`,
      },
      { propertyPath: "version", reason: "is missing" },
      { propertyPath: "skipDefaultNodeGroup", reason: "must be true in the sandbox" },
      { propertyPath: "kubeProxyAddonOptions.enabled", reason: "must be false in the sandbox" },
    ]);
  });

  it("is the only component: any other is refused by name", async () => {
    await assert.rejects(constructed("eks:index:ManagedNodeGroup", INPUTS), {
      message:
        "eks:index:ManagedNodeGroup is not supported by the sandbox's eks provider; supported is eks:index:Cluster",
    });
  });
});
