import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { clusterName, clusterPartName } from "../../../naming.js";
import type { AwsPlan } from "../plan/plan.js";
import type { ZoneSubnet } from "../plan/subnets.js";
import { clusterTags } from "../plan/tags.js";

export interface SubnetsArgs {
  readonly plan: AwsPlan;
  readonly vpcId: pulumi.Input<string>;
}

/** Something and the zone that it is in or for. */
export interface Placed {
  readonly zone: string;
  readonly id: pulumi.Output<string>;
}

type Kind = "private" | "public" | "data" | "control";

/** Every subnet of the plan, and the tables of their routes; each private zone has one of its own, so that NAT per zone changes routes alone. */
export class Subnets extends pulumi.ComponentResource {
  readonly private: readonly Placed[];
  readonly public: readonly Placed[];
  readonly data: readonly Placed[];
  readonly control: readonly Placed[];
  readonly privateTables: readonly Placed[];
  /** Ids of all tables but that of the public subnets. */
  readonly tables: pulumi.Output<string>[];

  constructor(name: string, args: SubnetsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ed8k:aws:Subnets", name, {}, opts);
    const { subnets } = args.plan;
    const make = (kind: Kind, place: ZoneSubnet): Placed => createSubnet(kind, { ...args, place }, { parent: this });
    this.private = subnets.private.map((place) => {
      const subnet = make("private", place);
      reserve(place.reservation, subnet, { parent: this });
      return subnet;
    });
    this.public = subnets.public.map((place) => make("public", place));
    this.data = subnets.data.map((place) => make("data", place));
    this.control = subnets.control.map((place) => make("control", place));
    this.privateTables = this.private.map(({ zone, id }) => {
      const table = createTable(`private-${zone}`, args, { parent: this });
      associate(`private-${zone}`, { table, subnetId: id }, { parent: this });
      return { zone, id: table.id };
    });
    const isolated = createTable("isolated", args, { parent: this });
    for (const kind of ["data", "control"] as const) {
      for (const { zone, id } of this[kind]) {
        associate(`${kind}-${zone}`, { table: isolated, subnetId: id }, { parent: this });
      }
    }
    this.tables = [...this.privateTables.map(({ id }) => id), isolated.id];
    this.registerOutputs({});
  }
}

function createSubnet(
  kind: Kind,
  { plan, vpcId, place }: SubnetsArgs & { readonly place: ZoneSubnet },
  opts: pulumi.CustomResourceOptions,
): Placed {
  const { zone, cidr } = place;
  const name = `${kind}-${zone}`;
  const tags = { ...nameTags(plan, name), ...discovery(kind, plan.settings.name) };
  const { id } = new aws.ec2.Subnet(name, { vpcId, cidrBlock: cidr, availabilityZone: zone, tags }, opts);
  return { zone, id };
}

function nameTags({ settings }: AwsPlan, name: string): Readonly<Record<string, string>> {
  return clusterTags(settings, `${clusterPartName(settings.name, "vpc")}-${name}`);
}

/**
 * Karpenter and the load balancer controller find the subnets of nodes and of internal load balancers by these.
 * https://docs.aws.amazon.com/eks/latest/userguide/network-load-balancing.html
 */
function discovery(kind: Kind, stack: string): Readonly<Record<string, string>> {
  return kind === "private"
    ? { "karpenter.sh/discovery": clusterName(stack), "kubernetes.io/role/internal-elb": "1" }
    : {};
}

/** Nodes take addresses for pods sixteen at once; scattered single ones would leave no room for that. */
function reserve(cidrBlock: string, { zone, id }: Placed, opts: pulumi.CustomResourceOptions): void {
  new aws.ec2.SubnetCidrReservation(
    `pods-${zone}`,
    { subnetId: id, cidrBlock, reservationType: "prefix", description: "Addresses of pods" },
    opts,
  );
}

function createTable(
  name: string,
  { plan, vpcId }: SubnetsArgs,
  opts: pulumi.CustomResourceOptions,
): aws.ec2.RouteTable {
  return new aws.ec2.RouteTable(name, { vpcId, tags: nameTags(plan, name) }, opts);
}

function associate(
  name: string,
  { table, subnetId }: { readonly table: aws.ec2.RouteTable; readonly subnetId: pulumi.Input<string> },
  opts: pulumi.CustomResourceOptions,
): void {
  new aws.ec2.RouteTableAssociation(name, { routeTableId: table.id, subnetId }, opts);
}
