import { randomUUID } from "node:crypto";
import {
  CreateRouteTableCommand,
  DeleteRouteTableCommand,
  DescribeRouteTablesCommand,
  type RouteTable,
} from "@aws-sdk/client-ec2";
import type { AwsClients } from "../../clients.js";
import type { AwsKind } from "../../kind.js";
import { unless } from "../../wait.js";
import { text } from "../inputs.js";
import { fromTagList } from "../tags.js";
import { ec2Arn, idOf, remove, tagSpecifications, updateTags } from "./common.js";

/** AWS' errors that say that a route table is gone. */
export const NO_TABLE = ["InvalidRouteTableID.NotFound"];

/** Without routes: each is a resource of its own. https://www.pulumi.com/registry/packages/aws/api-docs/ec2/routetable/ */
export const routeTable: AwsKind = {
  type: "aws:ec2/routeTable:RouteTable",
  inputs: { vpcId: "replace", tags: "update" },
  required: ["vpcId"],
  computed: ["arn", "ownerId"],

  async create(inputs, clients) {
    const command = new CreateRouteTableCommand({
      VpcId: text(inputs, "vpcId"),
      ClientToken: randomUUID(),
      ...tagSpecifications("route-table", inputs),
    });
    const { RouteTable } = await (await clients.ec2()).send(command);
    return idOf(RouteTable?.RouteTableId, "CreateRouteTable");
  },

  async read(id, clients) {
    const found = await findRouteTable(id, clients);
    if (found === undefined) return undefined;
    const { OwnerId, Tags, VpcId } = found;
    const arn = ec2Arn(clients, OwnerId, `route-table/${id}`);
    return { vpcId: VpcId, tags: fromTagList(Tags), arn, ownerId: OwnerId };
  },

  update: updateTags,

  async delete(id, clients) {
    const client = await clients.ec2();
    const command = new DeleteRouteTableCommand({ RouteTableId: id });
    await remove({ what: `route table ${id}`, gone: NO_TABLE, clients }, () => client.send(command));
  },
};

export async function findRouteTable(id: string, clients: AwsClients): Promise<RouteTable | undefined> {
  const client = await clients.ec2();
  const answer = await unless(NO_TABLE, () => client.send(new DescribeRouteTablesCommand({ RouteTableIds: [id] })));
  return answer?.RouteTables?.[0];
}
