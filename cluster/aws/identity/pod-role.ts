import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { clusterPartName, type ClusterPart } from "../../../naming.js";
import type { AwsPlan } from "../plan/plan.js";
import { clusterTags } from "../plan/tags.js";
import type { PolicyDocument } from "../policies/document.js";
import { trustPods } from "../policies/trust.js";

export interface PodRoleArgs {
  readonly plan: AwsPlan;
  readonly account: string;
  readonly part: ClusterPart;
  readonly description: string;
  readonly policy?: PolicyDocument;
  /** ARNs of policies that AWS keeps. */
  readonly managedPolicies?: readonly string[];
}

/** A role that pods take on by EKS Pod Identity. */
export class PodRole extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: PodRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ed8k:aws:PodRole", name, {}, opts);
    const { settings } = args.plan;
    const roleName = clusterPartName(settings.name, args.part);
    const role = new aws.iam.Role(
      name,
      {
        name: roleName,
        description: args.description,
        assumeRolePolicy: JSON.stringify(trustPods(args.account)),
        tags: clusterTags(settings),
      },
      { parent: this },
    );
    if (args.policy !== undefined) {
      new aws.iam.RolePolicy(
        name,
        { role: role.name, name: roleName, policy: JSON.stringify(args.policy) },
        { parent: this },
      );
    }
    for (const policyArn of args.managedPolicies ?? []) {
      new aws.iam.RolePolicyAttachment(
        `${name}-${policyArn.slice(policyArn.lastIndexOf("/") + 1)}`,
        { role: role.name, policyArn },
        { parent: this },
      );
    }
    this.arn = role.arn;
    this.registerOutputs({});
  }
}
