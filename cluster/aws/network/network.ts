import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { clusterPartName } from "../../../naming.js";
import type { AwsPlan } from "../plan/plan.js";
import { clusterTags } from "../plan/tags.js";
import { FlowLogs } from "./flow-logs.js";
import { Nat } from "./nat.js";
import { Subnets } from "./subnets.js";

export interface NetworkArgs {
  readonly plan: AwsPlan;
  readonly account: string;
  /** Encrypts the flow logs. */
  readonly keyArn: pulumi.Input<string>;
}

/** Services of AWS that are reached without NAT and without a price. */
const GATEWAY_ENDPOINTS = ["s3", "dynamodb"];

/** A VPC of the cluster's own: private subnets that get out by NAT, and subnets of which nothing gets out. */
export class Network extends pulumi.ComponentResource {
  readonly vpcId: pulumi.Output<string>;
  /** Of nodes and their pods, one per zone. */
  readonly privateSubnetIds: pulumi.Output<string>[];
  /** Of Kafka's brokers, in at most three zones. */
  readonly dataSubnetIds: pulumi.Output<string>[];
  /** Of the API server's network interfaces, in the first two zones. */
  readonly controlSubnetIds: pulumi.Output<string>[];

  constructor(name: string, args: NetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ed8k:aws:Network", name, {}, opts);
    const { plan } = args;
    const own = { parent: this };
    const { id: vpcId } = createVpc(plan, own);
    const subnets = new Subnets("subnets", { plan, vpcId }, own);
    new Nat("nat", { plan, vpcId, publicSubnets: subnets.public, privateTables: subnets.privateTables }, own);
    createEndpoints(plan, { vpcId, tables: subnets.tables }, own);
    if (plan.settings.aws.flowLogs) new FlowLogs("flow-logs", { ...args, vpcId }, own);
    this.vpcId = vpcId;
    this.privateSubnetIds = subnets.private.map(({ id }) => id);
    this.dataSubnetIds = subnets.data.map(({ id }) => id);
    this.controlSubnetIds = subnets.control.map(({ id }) => id);
    this.registerOutputs({});
  }
}

function createVpc({ settings }: AwsPlan, opts: pulumi.CustomResourceOptions): aws.ec2.Vpc {
  const vpc = new aws.ec2.Vpc(
    "vpc",
    {
      cidrBlock: settings.aws.cidr,
      // The private API server's name is known inside the VPC alone, and with both of these only.
      enableDnsHostnames: true,
      enableDnsSupport: true,
      tags: clusterTags(settings, clusterPartName(settings.name, "vpc")),
    },
    opts,
  );
  // Without rules: what is given no security group reaches nothing.
  new aws.ec2.DefaultSecurityGroup(
    "default",
    { vpcId: vpc.id, tags: clusterTags(settings, `${clusterPartName(settings.name, "vpc")}-default`) },
    opts,
  );
  return vpc;
}

function createEndpoints(
  { settings }: AwsPlan,
  { vpcId, tables }: { readonly vpcId: pulumi.Input<string>; readonly tables: pulumi.Input<string>[] },
  opts: pulumi.CustomResourceOptions,
): void {
  for (const service of GATEWAY_ENDPOINTS) {
    new aws.ec2.VpcEndpoint(
      service,
      {
        vpcId,
        serviceName: `com.amazonaws.${settings.aws.region}.${service}`,
        vpcEndpointType: "Gateway",
        routeTableIds: tables,
        tags: clusterTags(settings, `${clusterPartName(settings.name, "vpc")}-${service}`),
      },
      opts,
    );
  }
}
