import * as pulumi from "@pulumi/pulumi";
import { Identities } from "../identity/identities.js";
import type { Network } from "../network/network.js";
import type { AwsPlan } from "../plan/plan.js";
import { Access } from "./access.js";
import { AddOns } from "./add-ons.js";
import { ControlPlane } from "./control-plane.js";
import { Interruptions } from "./interruptions.js";
import { NodeRole } from "./node-role.js";
import { SystemNodes } from "./system-nodes.js";

export interface EksArgs {
  readonly plan: AwsPlan;
  readonly account: string;
  readonly network: Network;
  readonly keyArn: pulumi.Input<string>;
}

/** The cluster with its system nodes and EKS' own add-ons, and all on AWS that Karpenter needs to make the other nodes. */
export class Eks extends pulumi.ComponentResource {
  readonly name: pulumi.Output<string>;
  readonly endpoint: pulumi.Output<string>;
  readonly certificateAuthority: pulumi.Output<string>;
  readonly nodeSecurityGroup: pulumi.Output<string>;

  constructor(name: string, args: EksArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ed8k:aws:Eks", name, {}, opts);
    const { plan, account, network, keyArn } = args;
    const own = { parent: this };
    const cluster = new ControlPlane("control-plane", { plan, network, keyArn }, own);
    const clusterName = cluster.name;
    const { arn: nodeRoleArn } = new NodeRole("karpenter-node", { plan, part: "karpenter-node" }, own);
    new Access("access", { plan, clusterName, nodeRoleArn }, own);
    new Interruptions("interruptions", { plan, account }, own);
    const identities = new Identities("identities", { plan, account, clusterName }, own);
    const first = new AddOns("add-ons-before-nodes", { plan, clusterName, stage: "beforeNodes" }, own);
    const nodes = new SystemNodes(
      "system-nodes",
      { plan, clusterName, subnetIds: network.privateSubnetIds },
      { parent: this, dependsOn: [first] },
    );
    new AddOns("add-ons", { plan, clusterName, stage: "afterNodes" }, { parent: this, dependsOn: [nodes, identities] });
    this.name = cluster.name;
    this.endpoint = cluster.endpoint;
    this.certificateAuthority = cluster.certificateAuthority;
    this.nodeSecurityGroup = cluster.nodeSecurityGroup;
    this.registerOutputs({});
  }
}
