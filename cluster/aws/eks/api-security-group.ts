import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { clusterPartName } from "../../../naming.js";
import type { AwsPlan } from "../plan/plan.js";
import { clusterTags } from "../plan/tags.js";
import type { AccessMode, AwsSettings } from "../settings.js";

export interface ApiSecurityGroupArgs {
  readonly plan: AwsPlan;
  readonly vpcId: pulumi.Input<string>;
}

/** Who may speak with the API server from outside the cluster, on its one port. */
export class ApiSecurityGroup extends pulumi.ComponentResource {
  readonly group: aws.ec2.SecurityGroup;

  constructor(name: string, { plan, vpcId }: ApiSecurityGroupArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ed8k:aws:ApiSecurityGroup", name, {}, opts);
    const { settings } = plan;
    const groupName = clusterPartName(settings.name, "cluster");
    this.group = new aws.ec2.SecurityGroup(
      name,
      {
        vpcId,
        name: groupName,
        description: "Who reaches the API server from outside the cluster",
        tags: clusterTags(settings, groupName),
      },
      { parent: this },
    );
    for (const { cidr, description } of reachedFrom(settings.aws)) {
      new aws.vpc.SecurityGroupIngressRule(
        `${name}-${cidr}`,
        {
          securityGroupId: this.group.id,
          ipProtocol: "tcp",
          fromPort: 443,
          toPort: 443,
          cidrIpv4: cidr,
          description,
          tags: clusterTags(settings),
        },
        { parent: this },
      );
    }
    this.registerOutputs({});
  }
}

interface Source {
  readonly cidr: string;
  readonly description: string;
}

/** From where each access mode reaches the API server; a mode that is added to the settings must be added here. */
const SOURCES: Readonly<Record<AccessMode, (aws: AwsSettings) => readonly Source[]>> = {
  // The VPC is reached by the company's VPN, which routes to it; all that is ours is whom we let in.
  vpn: ({ access }) => access.cidrs.map((cidr) => ({ cidr, description: "Clients of the VPN" })),
};

function reachedFrom(settings: AwsSettings): readonly Source[] {
  return SOURCES[settings.access.mode](settings);
}
