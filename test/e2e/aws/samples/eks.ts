import type { ValueMap } from "../../../../sandbox/providers/plugin/values.js";
import type { MadeBy, Sample } from "../sample.js";

const TAGS = { "ed8k:cluster": "dev", Name: "sample" };
const RETAGGED = {
  inputs: () => ({ tags: { Name: "other", "ed8k:kind": "cluster" } }),
  expect: "update",
} as const;
const OTHER_CLUSTER = { inputs: () => ({ clusterName: "ed8k-other" }), expect: "replace" } as const;

const vpc = (made: MadeBy, changed: ValueMap = {}) => ({
  vpcConfig: {
    subnetIds: [made("subnet").id, made("data-subnet").id],
    securityGroupIds: [made("group").id],
    endpointPrivateAccess: true,
    endpointPublicAccess: false,
    ...changed,
  },
});

const roleArn = (made: MadeBy) => made("role").outputs["arn"];

export const samples: readonly Sample[] = [
  {
    name: "cluster",
    type: "aws:eks/cluster:Cluster",
    inputs: (made) => ({
      name: "ed8k-sample",
      roleArn: roleArn(made),
      version: "1.34",
      ...vpc(made),
      accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: true },
      enabledClusterLogTypes: ["audit", "api"],
      encryptionConfig: { provider: { keyArn: made("key").outputs["arn"] }, resources: ["secrets"] },
      upgradePolicy: { supportType: "EXTENDED" },
      tags: TAGS,
    }),
    changes: [
      { inputs: () => ({ version: "1.35" }), expect: "update" },
      { inputs: () => ({ upgradePolicy: { supportType: "STANDARD" } }), expect: "update" },
      { inputs: () => ({ enabledClusterLogTypes: ["api", "authenticator"] }), expect: "update" },
      { inputs: (made) => vpc(made, { securityGroupIds: [] }), expect: "update" },
      {
        inputs: (made) => vpc(made, { endpointPublicAccess: true, publicAccessCidrs: ["192.0.2.0/24"] }),
        expect: "update",
      },
      { inputs: () => ({ deletionProtection: true }), expect: "update" },
      { inputs: () => ({ deletionProtection: false }), expect: "update" },
      RETAGGED,
      { inputs: () => ({ roleArn: "arn:aws:iam::111122223333:role/other" }), expect: "replace" },
      { inputs: () => ({ kubernetesNetworkConfig: { serviceIpv4Cidr: "172.21.0.0/16" } }), expect: "replace" },
      { inputs: () => ({ name: "ed8k-other" }), expect: "replace" },
    ],
  },
  {
    name: "launch-template",
    type: "aws:ec2/launchTemplate:LaunchTemplate",
    inputs: () => ({
      name: "ed8k-sample-system-node",
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      blockDeviceMappings: [
        {
          deviceName: "/dev/xvda",
          ebs: { volumeType: "gp3", volumeSize: 50, encrypted: "true", deleteOnTermination: "true" },
        },
      ],
      tagSpecifications: ["instance", "volume"].map((resourceType) => ({ resourceType, tags: TAGS })),
      tags: TAGS,
    }),
    changes: [
      {
        inputs: () => ({
          metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 2 },
        }),
        expect: "update",
      },
      RETAGGED,
      { inputs: () => ({ name: "ed8k-other" }), expect: "replace" },
    ],
  },
  {
    name: "node-group",
    type: "aws:eks/nodeGroup:NodeGroup",
    inputs: (made) => ({
      clusterName: made("cluster").id,
      nodeGroupName: "system",
      nodeRoleArn: roleArn(made),
      subnetIds: [made("subnet").id],
      version: "1.35",
      amiType: "AL2023_x86_64_STANDARD",
      capacityType: "ON_DEMAND",
      instanceTypes: ["m6a.large"],
      scalingConfig: { minSize: 2, desiredSize: 2, maxSize: 2 },
      taints: [{ key: "CriticalAddonsOnly", value: "true", effect: "NO_SCHEDULE" }],
      launchTemplate: { id: made("launch-template").id, version: "1" },
      tags: TAGS,
    }),
    changes: [
      { inputs: () => ({ scalingConfig: { minSize: 2, desiredSize: 3, maxSize: 4 } }), expect: "update" },
      { inputs: () => ({ labels: { team: "platform", zone: "a" } }), expect: "update" },
      { inputs: () => ({ labels: { team: "core" } }), expect: "update" },
      {
        inputs: () => ({ taints: [{ key: "CriticalAddonsOnly", value: "yes", effect: "NO_EXECUTE" }] }),
        expect: "update",
      },
      {
        inputs: (made) => ({ launchTemplate: { id: made("launch-template").id, version: "2" } }),
        expect: "update",
      },
      RETAGGED,
      { inputs: () => ({ launchTemplate: { id: "lt-other", version: "2" } }), expect: "replace" },
      { inputs: () => ({ instanceTypes: ["m6a.xlarge"] }), expect: "replace" },
      OTHER_CLUSTER,
    ],
  },
  {
    name: "add-on",
    type: "aws:eks/addon:Addon",
    inputs: (made) => ({
      clusterName: made("cluster").id,
      addonName: "coredns",
      addonVersion: "v1.14.2-eksbuild.4",
      configurationValues: JSON.stringify({ replicaCount: 2 }),
      preserve: false,
      tags: TAGS,
    }),
    changes: [
      { inputs: () => ({ addonVersion: "v1.14.3-eksbuild.3" }), expect: "update" },
      { inputs: () => ({ configurationValues: JSON.stringify({ replicaCount: 3 }) }), expect: "update" },
      { inputs: () => ({ configurationValues: undefined }), expect: "update" },
      { inputs: () => ({ resolveConflictsOnUpdate: "OVERWRITE" }), expect: "update" },
      { inputs: () => ({ preserve: true }), expect: "update" },
      RETAGGED,
      { inputs: () => ({ addonName: "kube-proxy" }), expect: "replace" },
      OTHER_CLUSTER,
    ],
  },
  {
    name: "access-entry",
    type: "aws:eks/accessEntry:AccessEntry",
    inputs: (made) => ({
      clusterName: made("cluster").id,
      principalArn: roleArn(made),
      kubernetesGroups: ["ed8k:developers"],
      userName: "ed8k:{{SessionName}}",
      tags: TAGS,
    }),
    changes: [
      { inputs: () => ({ kubernetesGroups: ["ed8k:ci", "ed8k:developers"] }), expect: "update" },
      { inputs: () => ({ userName: "ci:{{SessionName}}" }), expect: "update" },
      RETAGGED,
      { inputs: () => ({ principalArn: "arn:aws:iam::111122223333:role/other" }), expect: "replace" },
      { inputs: () => ({ type: "EC2_LINUX" }), expect: "replace" },
    ],
  },
  {
    name: "node-access",
    type: "aws:eks/accessEntry:AccessEntry",
    inputs: (made) => ({
      clusterName: made("cluster").id,
      principalArn: "arn:aws:iam::111122223333:role/ed8k-sample-node",
      type: "EC2_LINUX",
      tags: TAGS,
    }),
    changes: [RETAGGED],
  },
  {
    name: "access-policy",
    type: "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
    inputs: (made) => ({
      clusterName: made("cluster").id,
      principalArn: made("access-entry").outputs["principalArn"],
      policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
      accessScope: { type: "cluster" },
    }),
    changes: [
      { inputs: () => ({ accessScope: { type: "namespace", namespaces: ["default"] } }), expect: "replace" },
      OTHER_CLUSTER,
    ],
  },
  {
    name: "pod-identity",
    type: "aws:eks/podIdentityAssociation:PodIdentityAssociation",
    inputs: (made) => ({
      clusterName: made("cluster").id,
      namespace: "ed8k-platform",
      serviceAccount: "karpenter",
      roleArn: roleArn(made),
      tags: TAGS,
    }),
    changes: [
      { inputs: () => ({ roleArn: "arn:aws:iam::111122223333:role/other" }), expect: "update" },
      RETAGGED,
      { inputs: () => ({ serviceAccount: "other" }), expect: "replace" },
      OTHER_CLUSTER,
    ],
  },
];
