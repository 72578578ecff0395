// Registers how references to AWS resources among the inputs become resources again.
import "@pulumi/aws/ec2/index.js";
import type { Cluster as EksCluster } from "@pulumi/aws/eks/cluster.js";
import type { ClusterArgs } from "@pulumi/eks";
import {
  all,
  ComponentResource,
  type ComponentResourceOptions,
  type Inputs,
  type Output,
  output,
} from "@pulumi/pulumi";
import { createEksCluster } from "./eks-cluster.js";
import { kubeconfigOf } from "./kubeconfig.js";
import { KubernetesProvider } from "./kubernetes-provider.js";
import { ServiceRole } from "./service-role.js";

export const CLUSTER_TYPE = "eks:index:Cluster";

/**
 * What the published component makes for these inputs: a role with its policy, the EKS cluster, and a Kubernetes provider.
 * https://github.com/pulumi/pulumi-eks/blob/v4.3.0/nodejs/eks/cluster/cluster.ts
 */
export class Cluster extends ComponentResource {
  /** All of the component's outputs; those of parts that it does not make are empty, as in the published one. */
  readonly outputs: Inputs;

  constructor(name: string, args: ClusterArgs, opts: ComponentResourceOptions) {
    super(CLUSTER_TYPE, name, args, opts);
    const role = new ServiceRole(
      `${name}-eksRole`,
      {
        service: "eks.amazonaws.com",
        description: "Allows EKS to manage clusters on your behalf.",
        policies: ["arn:aws:iam::aws:policy/AmazonEKSClusterPolicy"],
        ...(args.tags === undefined ? {} : { tags: args.tags }),
      },
      { parent: this },
    );
    const cluster = createEksCluster(name, { args, role }, { parent: this });
    const kubeconfig = kubeconfigFor(cluster);
    const kubeconfigJson = kubeconfig.apply((config) => JSON.stringify(config));
    const provider = new KubernetesProvider(`${name}-eks-k8s`, kubeconfigJson, { parent: this });
    this.outputs = {
      ...outputsOf(cluster, args),
      core: { ...coreOf(cluster, args), clusterIamRole: role.role, kubeconfig, provider },
      kubeconfig,
      kubeconfigJson,
    };
    this.registerOutputs(this.outputs);
  }
}

function kubeconfigFor(cluster: EksCluster): Output<object> {
  const parts = all([cluster.name, cluster.endpoint, cluster.certificateAuthority, cluster.arn]);
  return parts.apply(([clusterName, endpoint, { data: certificateAuthority }, arn]) =>
    // arn:aws:eks:<region>:…
    kubeconfigOf({ clusterName, endpoint, certificateAuthority, region: arn.split(":")[3] ?? "" }),
  );
}

function outputsOf(cluster: EksCluster, { clusterSecurityGroup }: ClusterArgs): Inputs {
  const made = cluster.vpcConfig.apply(({ clusterSecurityGroupId }) => clusterSecurityGroupId);
  const issuer = cluster.identities.apply((identities) => identities[0]?.oidcs?.[0]?.issuer ?? "");
  return {
    autoModeNodeRoleName: "",
    clusterIngressRuleId: "",
    clusterSecurityGroup,
    clusterSecurityGroupId:
      clusterSecurityGroup === undefined ? made : output(clusterSecurityGroup).apply(({ id }) => id),
    defaultNodeGroupAsgName: "",
    eksCluster: cluster,
    fargateProfileId: "",
    fargateProfileStatus: "",
    instanceRoles: [],
    // Without security groups of the component's own: that which EKS makes for nodes and control plane.
    nodeSecurityGroupId: made,
    oidcIssuer: issuer.apply((url) => url.replace("https://", "")),
    oidcProviderArn: "",
    oidcProviderUrl: issuer,
  };
}

/** What other components of the package take in the cluster's place. */
function coreOf(cluster: EksCluster, { vpcId, subnetIds, clusterSecurityGroup, tags }: ClusterArgs): Inputs {
  return {
    accessEntries: [],
    autoModeNodeRoleName: "",
    cluster,
    clusterSecurityGroup,
    encryptionConfig: cluster.encryptionConfig,
    endpoint: cluster.endpoint,
    instanceRoles: [],
    nodeGroupOptions: {},
    storageClasses: {},
    subnetIds,
    tags,
    vpcId,
  };
}
