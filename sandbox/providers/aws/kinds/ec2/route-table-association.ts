import {
  AssociateRouteTableCommand,
  DescribeRouteTablesCommand,
  DisassociateRouteTableCommand,
  ReplaceRouteTableAssociationCommand,
  type RouteTableAssociation,
} from "@aws-sdk/client-ec2";
import type { AwsClients } from "../../clients.js";
import type { AwsKind } from "../../kind.js";
import { nameOf, unless } from "../../wait.js";
import { text } from "../inputs.js";
import { NO_TABLE } from "./route-table.js";

const GONE = [...NO_TABLE, "InvalidAssociationID.NotFound"];

/**
 * Its id is the subnet's, which has one association at most: AWS' own id of it changes with each other table, and a
 * resource's id cannot. https://www.pulumi.com/registry/packages/aws/api-docs/ec2/routetableassociation/
 */
export const routeTableAssociation: AwsKind = {
  type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
  inputs: { subnetId: "replace", routeTableId: "update" },
  required: ["subnetId", "routeTableId"],
  computed: [],

  async create(inputs, clients) {
    const SubnetId = text(inputs, "subnetId");
    const RouteTableId = text(inputs, "routeTableId");
    const client = await clients.ec2();
    try {
      await client.send(new AssociateRouteTableCommand({ SubnetId, RouteTableId }));
    } catch (error) {
      // By an earlier try whose answer was lost.
      const isSame = (await find(SubnetId, clients))?.RouteTableId === RouteTableId;
      if (nameOf(error) !== "Resource.AlreadyAssociated" || !isSame) throw error;
    }
    return SubnetId;
  },

  async read(id, clients) {
    const found = await find(id, clients);
    return found === undefined ? undefined : { subnetId: id, routeTableId: found.RouteTableId };
  },

  async update(id, { inputs }, clients) {
    const AssociationId = (await find(id, clients))?.RouteTableAssociationId;
    const client = await clients.ec2();
    const RouteTableId = text(inputs, "routeTableId");
    await client.send(new ReplaceRouteTableAssociationCommand({ AssociationId, RouteTableId }));
  },

  async delete(id, clients) {
    const AssociationId = (await find(id, clients))?.RouteTableAssociationId;
    if (AssociationId === undefined) return;
    const client = await clients.ec2();
    await unless(GONE, () => client.send(new DisassociateRouteTableCommand({ AssociationId })));
  },
};

async function find(subnetId: string, clients: AwsClients): Promise<RouteTableAssociation | undefined> {
  const client = await clients.ec2();
  const Filters = [{ Name: "association.subnet-id", Values: [subnetId] }];
  const { RouteTables = [] } = await client.send(new DescribeRouteTablesCommand({ Filters }));
  return RouteTables.flatMap(({ Associations = [] }) => Associations).find(({ SubnetId }) => SubnetId === subnetId);
}
