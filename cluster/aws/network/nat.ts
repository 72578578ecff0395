import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { clusterPartName } from "../../../naming.js";
import type { AwsPlan } from "../plan/plan.js";
import { clusterTags } from "../plan/tags.js";
import type { NatMode } from "../settings.js";
import type { Placed } from "./subnets.js";

export interface NatArgs {
  readonly plan: AwsPlan;
  readonly vpcId: pulumi.Input<string>;
  readonly publicSubnets: readonly Placed[];
  /** Tables of the private subnets, which get their way out here. */
  readonly privateTables: readonly Placed[];
}

const ANYWHERE = "0.0.0.0/0";

/** The private subnets' way to the internet; there is none back. */
export class Nat extends pulumi.ComponentResource {
  constructor(name: string, args: NatArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ed8k:aws:Nat", name, {}, opts);
    const own = { parent: this };
    const gateway = new aws.ec2.InternetGateway("internet", { vpcId: args.vpcId, tags: tags(args, "internet") }, own);
    const open = openPublicSubnets(args, gateway, own);
    const gateways = GATEWAYS[args.plan.settings.aws.nat](args, { parent: this, dependsOn: [gateway, ...open] });
    for (const { zone, id } of args.privateTables) {
      const nat = gateways.find((placed) => placed.zone === zone) ?? gateways[0];
      if (nat === undefined) continue;
      new aws.ec2.Route(
        `private-${zone}`,
        { routeTableId: id, destinationCidrBlock: ANYWHERE, natGatewayId: nat.id },
        own,
      );
    }
    this.registerOutputs({});
  }
}

/** Each mode's gateways; the first one serves zones that have none of their own. */
const GATEWAYS: Readonly<Record<NatMode, (args: NatArgs, opts: pulumi.CustomResourceOptions) => readonly Placed[]>> = {
  // One zone's fault takes the way out from all, which a development cluster can bear; it costs a third.
  single: (args, opts) => args.publicSubnets.slice(0, 1).map((subnet) => zonalGateway(args, subnet, opts)),
  perZone: (args, opts) => args.publicSubnets.map((subnet) => zonalGateway(args, subnet, opts)),
  regional: (args, opts) => [regionalGateway(args, opts)],
};

function zonalGateway(args: NatArgs, subnet: Placed, opts: pulumi.CustomResourceOptions): Placed {
  const name = `nat-${subnet.zone}`;
  const address = new aws.ec2.Eip(name, { domain: "vpc", tags: tags(args, name) }, opts);
  const { id } = new aws.ec2.NatGateway(
    name,
    { allocationId: address.id, subnetId: subnet.id, tags: tags(args, name) },
    opts,
  );
  return { zone: subnet.zone, id };
}

/** Grows into each zone that has something in it by itself. https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html */
function regionalGateway(args: NatArgs, opts: pulumi.CustomResourceOptions): Placed {
  const { id } = new aws.ec2.NatGateway(
    "nat",
    { vpcId: args.vpcId, availabilityMode: "regional", connectivityType: "public", tags: tags(args, "nat") },
    opts,
  );
  return { zone: args.plan.settings.aws.region, id };
}

function openPublicSubnets(
  args: NatArgs,
  gateway: aws.ec2.InternetGateway,
  opts: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
  if (args.publicSubnets.length === 0) return [];
  const table = new aws.ec2.RouteTable("public", { vpcId: args.vpcId, tags: tags(args, "public") }, opts);
  const route = new aws.ec2.Route(
    "public",
    { routeTableId: table.id, destinationCidrBlock: ANYWHERE, gatewayId: gateway.id },
    opts,
  );
  const associations = args.publicSubnets.map(
    ({ zone, id }) =>
      new aws.ec2.RouteTableAssociation(`public-${zone}`, { routeTableId: table.id, subnetId: id }, opts),
  );
  return [route, ...associations];
}

function tags({ plan: { settings } }: NatArgs, name: string): Readonly<Record<string, string>> {
  return clusterTags(settings, `${clusterPartName(settings.name, "vpc")}-${name}`);
}
