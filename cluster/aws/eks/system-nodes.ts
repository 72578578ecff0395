import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { clusterPartName, hash } from "../../../naming.js";
import type { AwsPlan } from "../plan/plan.js";
import { clusterTags } from "../plan/tags.js";
import { type AwsClusterSettings, SYSTEM_VOLUME_GIB } from "../settings.js";
import { NodeRole } from "./node-role.js";

/** The root volume of Amazon Linux. */
const ROOT_DEVICE = "/dev/xvda";

export interface SystemNodesArgs {
  readonly plan: AwsPlan;
  readonly clusterName: pulumi.Input<string>;
  readonly subnetIds: pulumi.Input<string>[];
}

/** The nodes that are always there: Karpenter runs on them, for it cannot run on nodes that it makes. */
export class SystemNodes extends pulumi.ComponentResource {
  constructor(name: string, args: SystemNodesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ed8k:aws:SystemNodes", name, {}, opts);
    const { settings } = args.plan;
    const { nodes, instanceType } = settings.eks.system;
    const role = new NodeRole("system-node", { plan: args.plan, part: "system-node" }, { parent: this });
    const template = createTemplate(args.plan, { parent: this });
    new aws.eks.NodeGroup(
      "system",
      {
        clusterName: args.clusterName,
        nodeGroupName: nodeGroupName(settings),
        nodeRoleArn: role.arn,
        subnetIds: args.subnetIds,
        version: settings.eks.version,
        amiType: "AL2023_x86_64_STANDARD",
        capacityType: "ON_DEMAND",
        instanceTypes: [instanceType],
        scalingConfig: { minSize: nodes, desiredSize: nodes, maxSize: nodes },
        taints: [{ key: "CriticalAddonsOnly", value: "true", effect: "NO_SCHEDULE" }],
        launchTemplate: { id: template.id, version: pulumi.interpolate`${template.latestVersion}` },
        tags: clusterTags(settings),
      },
      // A node that has no policies yet does not join.
      { parent: this, dependsOn: [role] },
    );
    this.registerOutputs({});
  }
}

/**
 * Another name whenever EKS has to make another group: it cannot change a group's subnets and instance type, and the new
 * nodes are to be there before the old ones go, for the cluster's DNS runs on them.
 */
function nodeGroupName({ aws: { zones }, eks: { system } }: AwsClusterSettings): string {
  return `system-${hash([...zones, system.instanceType].join())}`;
}

/** What a managed node group has no settings of its own for. */
function createTemplate(plan: AwsPlan, opts: pulumi.CustomResourceOptions): aws.ec2.LaunchTemplate {
  const name = clusterPartName(plan.settings.name, "system-node");
  const tags = clusterTags(plan.settings, name);
  return new aws.ec2.LaunchTemplate(
    "system-node",
    {
      name,
      // One hop: the node's own credentials are not for pods.
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      blockDeviceMappings: [
        {
          deviceName: ROOT_DEVICE,
          ebs: { volumeType: "gp3", volumeSize: SYSTEM_VOLUME_GIB, encrypted: "true", deleteOnTermination: "true" },
        },
      ],
      tagSpecifications: ["instance", "volume"].map((resourceType) => ({ resourceType, tags })),
      tags,
    },
    opts,
  );
}
