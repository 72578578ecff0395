import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { clusterPartName } from "../../../naming.js";
import type { AwsPlan } from "../plan/plan.js";
import { clusterTags } from "../plan/tags.js";
import { MANAGED_POLICIES } from "../policies/managed.js";
import { trustService } from "../policies/trust.js";

export interface NodeRoleArgs {
  readonly plan: AwsPlan;
  readonly part: "system-node" | "karpenter-node";
}

/** What a node may do on AWS: join the cluster, give its pods addresses, pull images, be reached by Session Manager. */
export class NodeRole extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;

  constructor(name: string, { plan, part }: NodeRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ed8k:aws:NodeRole", name, {}, opts);
    const role = new aws.iam.Role(
      name,
      {
        name: clusterPartName(plan.settings.name, part),
        description: "What nodes may do",
        assumeRolePolicy: JSON.stringify(trustService("ec2.amazonaws.com")),
        tags: clusterTags(plan.settings),
      },
      { parent: this },
    );
    for (const policy of MANAGED_POLICIES.node) {
      new aws.iam.RolePolicyAttachment(
        `${name}-${policy.slice(policy.lastIndexOf("/") + 1)}`,
        { role: role.name, policyArn: policy },
        { parent: this },
      );
    }
    this.arn = role.arn;
    this.registerOutputs({});
  }
}
