import { CreateRouteCommand, DeleteRouteCommand, ReplaceRouteCommand, type Route } from "@aws-sdk/client-ec2";
import type { AwsClients } from "../../clients.js";
import type { AwsKind, Data } from "../../kind.js";
import { nameOf, retryOn, unless } from "../../wait.js";
import { maybeText, text } from "../inputs.js";
import { findRouteTable, NO_TABLE } from "./route-table.js";

/** What a route leads to may not be seen everywhere yet. */
const UNSEEN = [...NO_TABLE, "InvalidGatewayID.NotFound", "InvalidNatGatewayID.NotFound", "NatGatewayNotFound"];

/**
 * Its id is that by which the published provider imports it, `<table>_<destination>`: AWS gives it none.
 * https://www.pulumi.com/registry/packages/aws/api-docs/ec2/route/
 */
export const route: AwsKind = {
  type: "aws:ec2/route:Route",
  inputs: {
    routeTableId: "replace",
    destinationCidrBlock: "replace",
    gatewayId: "update",
    natGatewayId: "update",
  },
  required: ["routeTableId", "destinationCidrBlock"],
  computed: ["origin", "state"],

  async create(inputs, clients) {
    const id = `${text(inputs, "routeTableId")}_${text(inputs, "destinationCidrBlock")}`;
    const client = await clients.ec2();
    const wait = { what: `what route ${id} leads to to be seen`, seconds: 120, signal: clients.signal };
    try {
      await retryOn(UNSEEN, wait, () => client.send(new CreateRouteCommand(request(inputs))));
    } catch (error) {
      // Made by an earlier try whose answer was lost; a table holds one route to a destination.
      if (nameOf(error) !== "RouteAlreadyExists" || !leadsTo(await find(id, clients), inputs)) throw error;
    }
    return id;
  },

  async read(id, clients) {
    const found = await find(id, clients);
    if (found === undefined) return undefined;
    return {
      routeTableId: partsOf(id).RouteTableId,
      destinationCidrBlock: found.DestinationCidrBlock,
      gatewayId: found.GatewayId,
      natGatewayId: found.NatGatewayId,
      origin: found.Origin,
      state: found.State,
    };
  },

  async update(_id, { inputs }, clients) {
    const client = await clients.ec2();
    await client.send(new ReplaceRouteCommand(request(inputs)));
  },

  async delete(id, clients) {
    const client = await clients.ec2();
    await unless([...NO_TABLE, "InvalidRoute.NotFound"], () => client.send(new DeleteRouteCommand(partsOf(id))));
  },
};

function request(inputs: Data) {
  return {
    RouteTableId: text(inputs, "routeTableId"),
    DestinationCidrBlock: text(inputs, "destinationCidrBlock"),
    GatewayId: maybeText(inputs, "gatewayId"),
    NatGatewayId: maybeText(inputs, "natGatewayId"),
  };
}

function leadsTo(found: Route | undefined, { gatewayId, natGatewayId }: Data): boolean {
  return found !== undefined && found.GatewayId === gatewayId && found.NatGatewayId === natGatewayId;
}

async function find(id: string, clients: AwsClients): Promise<Route | undefined> {
  const { RouteTableId, DestinationCidrBlock } = partsOf(id);
  const table = await findRouteTable(RouteTableId, clients);
  return table?.Routes?.find((each) => each.DestinationCidrBlock === DestinationCidrBlock);
}

function partsOf(id: string): { readonly RouteTableId: string; readonly DestinationCidrBlock: string } {
  const [RouteTableId = "", DestinationCidrBlock = ""] = id.split("_");
  return { RouteTableId, DestinationCidrBlock };
}
