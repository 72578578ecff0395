import { randomUUID } from "node:crypto";
import {
  CreateVpcEndpointCommand,
  DeleteVpcEndpointsCommand,
  DescribeVpcEndpointsCommand,
  ModifyVpcEndpointCommand,
  type VpcEndpoint,
  type VpcEndpointType,
} from "@aws-sdk/client-ec2";
import { UserError } from "../../../../../errors.js";
import type { AwsClients } from "../../clients.js";
import type { AwsKind } from "../../kind.js";
import { unless, until } from "../../wait.js";
import { text, texts } from "../inputs.js";
import { fromTagList, hasChanged } from "../tags.js";
import { ec2Arn, idOf, tagSpecifications, updateTags } from "./common.js";

const GONE = ["InvalidVpcEndpointId.NotFound"];

/** Gateway endpoints. https://www.pulumi.com/registry/packages/aws/api-docs/ec2/vpcendpoint/ */
export const vpcEndpoint: AwsKind = {
  type: "aws:ec2/vpcEndpoint:VpcEndpoint",
  inputs: {
    vpcId: "replace",
    serviceName: "replace",
    vpcEndpointType: "replace",
    routeTableIds: "update",
    tags: "update",
  },
  required: ["vpcId", "serviceName"],
  defaults: { vpcEndpointType: "Gateway" },
  computed: ["arn", "ownerId", "state"],
  // A route table can lead to a service once only.
  deleteBeforeReplace: true,

  async create(inputs, clients) {
    const command = new CreateVpcEndpointCommand({
      VpcId: text(inputs, "vpcId"),
      ServiceName: text(inputs, "serviceName"),
      VpcEndpointType: text(inputs, "vpcEndpointType") as VpcEndpointType,
      RouteTableIds: [...texts(inputs, "routeTableIds")],
      ClientToken: randomUUID(),
      ...tagSpecifications("vpc-endpoint", inputs),
    });
    const { VpcEndpoint } = await (await clients.ec2()).send(command);
    return idOf(VpcEndpoint?.VpcEndpointId, "CreateVpcEndpoint");
  },

  async settle(id, clients) {
    const wait = { what: `VPC endpoint ${id} to be available`, seconds: 600, signal: clients.signal };
    await until(wait, async () => {
      const state = (await find(id, clients))?.State?.toLowerCase();
      if (state === "failed" || state === "rejected") throw new UserError(`AWS says that it is ${state}`);
      return state === "available" ? true : undefined;
    });
  },

  async read(id, clients) {
    const found = await find(id, clients);
    if (found === undefined) return undefined;
    return {
      vpcId: found.VpcId,
      serviceName: found.ServiceName,
      vpcEndpointType: found.VpcEndpointType,
      routeTableIds: found.RouteTableIds,
      tags: fromTagList(found.Tags),
      arn: ec2Arn(clients, found.OwnerId ?? (await clients.account()), `vpc-endpoint/${id}`),
      ownerId: found.OwnerId,
      state: found.State,
    };
  },

  async update(id, change, clients) {
    if (hasChanged("routeTableIds", change)) {
      const [before, after] = [texts(change.old, "routeTableIds"), texts(change.inputs, "routeTableIds")];
      const command = new ModifyVpcEndpointCommand({
        VpcEndpointId: id,
        AddRouteTableIds: after.filter((table) => !before.includes(table)),
        RemoveRouteTableIds: before.filter((table) => !after.includes(table)),
      });
      await (await clients.ec2()).send(command);
    }
    await updateTags(id, change, clients);
  },

  async delete(id, clients) {
    const client = await clients.ec2();
    const command = new DeleteVpcEndpointsCommand({ VpcEndpointIds: [id] });
    const [failure] = (await unless(GONE, () => client.send(command)))?.Unsuccessful ?? [];
    if (failure !== undefined && !GONE.includes(failure.Error?.Code ?? "")) {
      throw new UserError(`AWS refused: ${failure.Error?.Code ?? ""}: ${failure.Error?.Message ?? ""}`);
    }
    const wait = { what: `VPC endpoint ${id} to be gone`, seconds: 600, signal: clients.signal };
    await until(wait, async () => ((await find(id, clients)) === undefined ? true : undefined));
  },
};

async function find(id: string, clients: AwsClients): Promise<VpcEndpoint | undefined> {
  const client = await clients.ec2();
  const answer = await unless(GONE, () => client.send(new DescribeVpcEndpointsCommand({ VpcEndpointIds: [id] })));
  return answer?.VpcEndpoints?.find(({ State }) => State?.toLowerCase() !== "deleted");
}
