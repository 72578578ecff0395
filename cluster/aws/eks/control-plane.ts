import * as aws from "@pulumi/aws";
import * as eks from "@pulumi/eks";
import * as pulumi from "@pulumi/pulumi";
import { clusterName } from "../../../naming.js";
import type { Network } from "../network/network.js";
import type { AwsPlan } from "../plan/plan.js";
import { clusterTags } from "../plan/tags.js";
import { ApiSecurityGroup } from "./api-security-group.js";

/** https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html */
const LOGS = ["api", "audit", "authenticator", "controllerManager", "scheduler"];
/** For as long as somebody looks into what happened; the cluster holds nothing but development. */
const LOG_DAYS = 30;

export interface ControlPlaneArgs {
  readonly plan: AwsPlan;
  readonly network: Network;
  /** Encrypts Kubernetes' Secrets and the logs. */
  readonly keyArn: pulumi.Input<string>;
}

/** The EKS cluster without nodes and add-ons: its API server is reached from inside the VPC and by the VPN alone. */
export class ControlPlane extends pulumi.ComponentResource {
  /** Known when the cluster is there: what is registered with it in its place comes after it. */
  readonly name: pulumi.Output<string>;
  readonly endpoint: pulumi.Output<string>;
  /** The authority of the API server's certificate, PEM in base64. */
  readonly certificateAuthority: pulumi.Output<string>;
  /** The security group that EKS gives to nodes, and so to pods. */
  readonly nodeSecurityGroup: pulumi.Output<string>;

  constructor(name: string, args: ControlPlaneArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ed8k:aws:ControlPlane", name, {}, opts);
    const { plan, keyArn } = args;
    const api = new ApiSecurityGroup("api", { plan, vpcId: args.network.vpcId }, { parent: this });
    // Made beforehand: EKS would make it without an end to what it keeps.
    const logs = new aws.cloudwatch.LogGroup(
      "control-plane",
      {
        name: `/aws/eks/${clusterName(plan.settings.name)}/cluster`,
        retentionInDays: LOG_DAYS,
        kmsKeyId: keyArn,
        tags: clusterTags(plan.settings),
      },
      { parent: this },
    );
    const cluster = createCluster(args, api.group, { parent: this, dependsOn: [logs, api] });
    this.name = cluster.eksCluster.name;
    this.endpoint = cluster.eksCluster.endpoint;
    this.certificateAuthority = cluster.eksCluster.certificateAuthority.data;
    this.nodeSecurityGroup = cluster.nodeSecurityGroupId;
    this.registerOutputs({});
  }
}

function createCluster(
  { plan, network, keyArn }: ControlPlaneArgs,
  clusterSecurityGroup: aws.ec2.SecurityGroup,
  opts: pulumi.ComponentResourceOptions,
): eks.Cluster {
  const { name, eks: settings } = plan.settings;
  return new eks.Cluster(
    // Begins the name of the role that the component makes.
    clusterName(name),
    {
      name: clusterName(name),
      version: settings.version,
      vpcId: network.vpcId,
      subnetIds: network.controlSubnetIds,
      clusterSecurityGroup,
      // Nodes have the group that EKS makes; it lets them and the control plane reach each other.
      skipDefaultSecurityGroups: true,
      skipDefaultNodeGroup: true,
      // Made by AddOns, at pinned versions.
      useDefaultVpcCni: true,
      kubeProxyAddonOptions: { enabled: false },
      authenticationMode: "API",
      endpointPrivateAccess: true,
      endpointPublicAccess: false,
      enabledClusterLogTypes: LOGS,
      encryptionConfigKeyArn: keyArn,
      // At the end of standard support AWS upgrades, instead of taking six times the price.
      upgradePolicy: { supportType: "STANDARD" },
      // Not deletionProtection: the preview of a destroy fails at what is protected (aws-cluster.ts), and so removes nothing.
      tags: clusterTags(plan.settings),
    },
    opts,
  );
}
