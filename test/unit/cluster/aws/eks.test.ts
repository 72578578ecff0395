import assert from "node:assert/strict";
import { inputsOf, KEY, TAGS } from "./inputs-of.js";
import { registeredWith } from "./registered.js";

describe("what EKS consists of for Pulumi.dev.yaml: its parts", () => {
  it("are a private EKS cluster, made by @pulumi/eks without what it would add [rows 2, 99]", async () => {
    const { clusterSecurityGroup, ...inputs } = await inputsOf("eks:index:Cluster", "ed8k-dev");
    assert.notEqual(clusterSecurityGroup, undefined);
    assert.deepEqual(inputs, {
      name: "ed8k-dev",
      version: "1.36",
      vpcId: "vpc-id",
      subnetIds: ["control-eu-west-1a-id", "control-eu-west-1b-id"],
      skipDefaultSecurityGroups: true,
      skipDefaultNodeGroup: true,
      useDefaultVpcCni: true,
      kubeProxyAddonOptions: {
        enabled: false,
        resolveConflictsOnCreate: "OVERWRITE",
        resolveConflictsOnUpdate: "OVERWRITE",
      },
      authenticationMode: "API",
      endpointPrivateAccess: true,
      endpointPublicAccess: false,
      enabledClusterLogTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
      encryptionConfigKeyArn: KEY,
      upgradePolicy: { supportType: "STANDARD" },
      tags: TAGS,
    });
  });

  it("keep the logs of the control plane for a month", async () => {
    assert.deepEqual(await inputsOf("aws:cloudwatch/logGroup:LogGroup", "control-plane"), {
      name: "/aws/eks/ed8k-dev/cluster",
      retentionInDays: 30,
      kmsKeyId: KEY,
      tags: TAGS,
    });
  });

  it("are two system nodes that take only what must be there, whose credentials are not for pods", async () => {
    const name = "ed8k-dev-system-node";
    assert.deepEqual(await inputsOf("aws:eks/nodeGroup:NodeGroup", "system"), {
      clusterName: "ed8k-dev",
      nodeGroupName: "system-3e48dd7f",
      nodeRoleArn: "arn:aws:iam/role:Role:system-node",
      subnetIds: ["private-eu-west-1a-id", "private-eu-west-1b-id", "private-eu-west-1c-id"],
      version: "1.36",
      amiType: "AL2023_x86_64_STANDARD",
      capacityType: "ON_DEMAND",
      instanceTypes: ["m6a.large"],
      scalingConfig: { minSize: 2, desiredSize: 2, maxSize: 2 },
      taints: [{ key: "CriticalAddonsOnly", value: "true", effect: "NO_SCHEDULE" }],
      launchTemplate: { id: "system-node-id", version: "1" },
      tags: TAGS,
    });
    assert.deepEqual(await inputsOf("aws:ec2/launchTemplate:LaunchTemplate", "system-node"), {
      name,
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      blockDeviceMappings: [
        {
          deviceName: "/dev/xvda",
          ebs: { volumeType: "gp3", volumeSize: 50, encrypted: "true", deleteOnTermination: "true" },
        },
      ],
      tagSpecifications: ["instance", "volume"].map((resourceType) => ({
        resourceType,
        tags: { ...TAGS, Name: name },
      })),
      tags: { ...TAGS, Name: name },
    });
  });

  it("name the system nodes anew whenever EKS must make them anew, and then alone", async () => {
    const nameOf = async (change: Readonly<Record<string, unknown>>): Promise<unknown> =>
      (await inputsOf("aws:eks/nodeGroup:NodeGroup", "system", change))["nodeGroupName"];
    const zones = await nameOf({ "ed8k:aws": { zones: ["a", "b", "c", "d"] } });
    const type = await nameOf({ "ed8k:eks": { system: { nodes: 2, instanceType: "m7i.large" } } });
    assert.deepEqual([zones, type], ["system-9b643d64", "system-57430cd9"]);
    assert.equal(await nameOf({ "ed8k:eks": { version: "1.35" } }), await nameOf({}));
    assert.equal(await nameOf({ "ed8k:eks": { system: { nodes: 3 } } }), await nameOf({}));
  });

  it("pin every add-on of EKS to the version that goes with the cluster's", async () => {
    const versions = async (change: Readonly<Record<string, unknown>>): Promise<readonly unknown[]> => {
      const { resources } = await registeredWith(change);
      const addOns = resources.filter(({ type }) => type === "aws:eks/addon:Addon");
      return addOns.map(({ name, inputs }) => `${name} ${String(inputs["addonVersion"])}`).toSorted();
    };
    assert.deepEqual(await versions({}), [
      "aws-ebs-csi-driver v1.64.0-eksbuild.1",
      "coredns v1.14.3-eksbuild.3",
      "eks-pod-identity-agent v1.3.10-eksbuild.3",
      "kube-proxy v1.36.0-eksbuild.14",
      "metrics-server v0.9.0-eksbuild.5",
      "snapshot-controller v8.6.0-eksbuild.4",
      "vpc-cni v1.22.4-eksbuild.3",
    ]);
    const older = await versions({ "ed8k:eks": { version: "1.35" } });
    assert.deepEqual(
      older.filter((addOn) => /coredns|kube-proxy/.test(String(addOn))),
      ["coredns v1.14.2-eksbuild.4", "kube-proxy v1.35.3-eksbuild.13"],
    );
  });

  it("let each developer in as a user of their own, and administrators by EKS' policy [row 98]", async () => {
    const entry = (name: string, change = {}) => inputsOf("aws:eks/accessEntry:AccessEntry", name, change);
    const user = { clusterName: "ed8k-dev", type: "STANDARD", userName: "ed8k:{{SessionNameRaw}}", tags: TAGS };
    const role = "arn:aws:iam::111122223333:role";
    assert.deepEqual(await entry("developers-111122223333/ed8k-developer"), {
      ...user,
      principalArn: `${role}/ed8k-developer`,
      kubernetesGroups: ["ed8k:developers"],
    });
    assert.deepEqual(await entry("ci-111122223333/ed8k-ci"), {
      ...user,
      principalArn: `${role}/ed8k-ci`,
      kubernetesGroups: ["ed8k:ci"],
    });
    assert.deepEqual(await entry("admins-111122223333/ed8k-admin"), {
      ...user,
      principalArn: `${role}/ed8k-admin`,
      kubernetesGroups: ["ed8k:platform"],
    });
    assert.deepEqual(
      await inputsOf("aws:eks/accessPolicyAssociation:AccessPolicyAssociation", "admins-111122223333/ed8k-admin"),
      {
        clusterName: "ed8k-dev",
        principalArn: `${role}/ed8k-admin`,
        policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
        accessScope: { type: "cluster" },
      },
    );
    assert.deepEqual(await entry("karpenter-node"), {
      clusterName: "ed8k-dev",
      principalArn: "arn:aws:iam/role:Role:karpenter-node",
      type: "EC2_LINUX",
      tags: TAGS,
    });
  });

  it("give the platform's service accounts their roles", async () => {
    const { resources } = await registeredWith({});
    const associations = resources.filter(
      ({ type }) => type === "aws:eks/podIdentityAssociation:PodIdentityAssociation",
    );
    assert.deepEqual(
      associations.map(({ inputs }) => inputs),
      [
        ["ed8k-platform", "karpenter", "karpenter"],
        ["ed8k-platform", "aws-load-balancer-controller", "load-balancer"],
        ["kube-system", "ebs-csi-controller-sa", "ebs-csi"],
      ].map(([namespace, serviceAccount, role]) => ({
        clusterName: "ed8k-dev",
        namespace,
        serviceAccount,
        roleArn: `arn:aws:iam/role:Role:${String(role)}`,
        tags: TAGS,
      })),
    );
  });
});
