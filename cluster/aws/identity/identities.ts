import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { clusterName as nameOfCluster, clusterPartName, type ClusterPart } from "../../../naming.js";
import { ADD_ON_NAMESPACES } from "../../platform/add-ons/common.js";
import type { AwsPlan } from "../plan/plan.js";
import { clusterTags } from "../plan/tags.js";
import { karpenterPolicy } from "../policies/karpenter.js";
import { loadBalancerPolicy } from "../policies/load-balancer.js";
import { MANAGED_POLICIES } from "../policies/managed.js";
import type { PolicyDocument } from "../policies/document.js";
import { PodRole } from "./pod-role.js";

export interface IdentitiesArgs {
  readonly plan: AwsPlan;
  readonly account: string;
  readonly clusterName: pulumi.Input<string>;
}

/** What of the platform works on AWS, and as which service account. */
interface Identity {
  readonly part: ClusterPart;
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly description: string;
  readonly policy?: PolicyDocument;
  readonly managedPolicies?: readonly string[];
}

/** Roles of the platform's own pods; those of environments have one of their own (environments-role.ts). */
export class Identities extends pulumi.ComponentResource {
  constructor(name: string, args: IdentitiesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ed8k:aws:Identities", name, {}, opts);
    const { plan, account, clusterName } = args;
    for (const { namespace, serviceAccount, ...identity } of identities(args)) {
      const role = new PodRole(identity.part, { plan, account, ...identity }, { parent: this });
      new aws.eks.PodIdentityAssociation(
        identity.part,
        { clusterName, namespace, serviceAccount, roleArn: role.arn, tags: clusterTags(plan.settings) },
        // A pod that starts before its role may do anything fails, and is not asked again for minutes.
        { parent: this, dependsOn: [role] },
      );
    }
    this.registerOutputs({});
  }
}

function identities({ plan: { settings }, account }: IdentitiesArgs): readonly Identity[] {
  const cluster = nameOfCluster(settings.name);
  return [
    {
      part: "karpenter",
      namespace: ADD_ON_NAMESPACES.platform,
      serviceAccount: "karpenter",
      description: "Karpenter: makes and removes nodes",
      policy: karpenterPolicy({
        account,
        region: settings.aws.region,
        cluster,
        nodeRole: clusterPartName(settings.name, "karpenter-node"),
        queue: clusterPartName(settings.name, "karpenter"),
      }),
    },
    {
      part: "load-balancer",
      namespace: ADD_ON_NAMESPACES.platform,
      serviceAccount: "aws-load-balancer-controller",
      description: "AWS Load Balancer Controller: the gateway's network load balancer",
      policy: loadBalancerPolicy(cluster),
    },
    {
      part: "ebs-csi",
      namespace: "kube-system",
      serviceAccount: "ebs-csi-controller-sa",
      description: "EBS CSI driver: volumes and snapshots",
      managedPolicies: MANAGED_POLICIES.ebsCsi,
    },
  ];
}
