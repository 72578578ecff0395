import { randomUUID } from "node:crypto";
import {
  type AvailabilityMode,
  type ConnectivityType,
  CreateNatGatewayCommand,
  DeleteNatGatewayCommand,
  DescribeNatGatewaysCommand,
  type NatGateway,
} from "@aws-sdk/client-ec2";
import { UserError } from "../../../../../errors.js";
import type { AwsClients } from "../../clients.js";
import type { AwsKind } from "../../kind.js";
import { retryOn, unless, until } from "../../wait.js";
import { maybeText, text } from "../inputs.js";
import { fromTagList } from "../tags.js";
import { idOf, tagSpecifications, updateTags } from "./common.js";

const GONE = ["NatGatewayNotFound", "InvalidNatGatewayID.NotFound"];
/** AWS needs minutes to make or remove one. */
const SECONDS = 900;

/** Zonal in a subnet, or regional for a whole VPC. https://www.pulumi.com/registry/packages/aws/api-docs/ec2/natgateway/ */
export const natGateway: AwsKind = {
  type: "aws:ec2/natGateway:NatGateway",
  inputs: {
    allocationId: "replace",
    subnetId: "replace",
    vpcId: "replace",
    availabilityMode: "replace",
    connectivityType: "replace",
    tags: "update",
  },
  required: [],
  defaults: { availabilityMode: "zonal", connectivityType: "public" },
  computed: ["publicIp"],
  // An address belongs to one gateway at a time.
  deleteBeforeReplace: true,

  async create(inputs, clients) {
    const command = new CreateNatGatewayCommand({
      AllocationId: maybeText(inputs, "allocationId"),
      SubnetId: maybeText(inputs, "subnetId"),
      VpcId: maybeText(inputs, "vpcId"),
      AvailabilityMode: text(inputs, "availabilityMode") as AvailabilityMode,
      ConnectivityType: text(inputs, "connectivityType") as ConnectivityType,
      ClientToken: randomUUID(),
      ...tagSpecifications("natgateway", inputs),
    });
    const client = await clients.ec2();
    const wait = { what: "the NAT gateway's subnet and address to be seen", seconds: 60, signal: clients.signal };
    const unseen = ["InvalidAllocationID.NotFound", "InvalidSubnetID.NotFound"];
    const { NatGateway } = await retryOn(unseen, wait, () => client.send(command));
    return idOf(NatGateway?.NatGatewayId, "CreateNatGateway");
  },

  async settle(id, clients) {
    const wait = { what: `NAT gateway ${id} to be available`, seconds: SECONDS, signal: clients.signal };
    await until(wait, async () => {
      const found = await find(id, clients);
      if (found?.State === "failed") throw new UserError(`AWS failed to make it: ${found.FailureMessage ?? ""}`);
      return found?.State === "available" ? true : undefined;
    });
  },

  async read(id, clients) {
    const found = await find(id, clients);
    if (found === undefined) return undefined;
    const address = found.NatGatewayAddresses?.[0];
    const isRegional = found.AvailabilityMode === "regional";
    return {
      // AWS tells addresses and VPC of every gateway; as inputs they belong to one mode each.
      ...(isRegional ? { vpcId: found.VpcId } : { subnetId: found.SubnetId, allocationId: address?.AllocationId }),
      availabilityMode: isRegional ? "regional" : "zonal",
      connectivityType: found.ConnectivityType ?? "public",
      tags: fromTagList(found.Tags),
      publicIp: address?.PublicIp,
    };
  },

  update: updateTags,

  async delete(id, clients) {
    const client = await clients.ec2();
    await unless(GONE, () => client.send(new DeleteNatGatewayCommand({ NatGatewayId: id })));
    const wait = { what: `NAT gateway ${id} to be gone`, seconds: SECONDS, signal: clients.signal };
    await until(wait, async () => ((await find(id, clients)) === undefined ? true : undefined));
  },
};

/** AWS shows a deleted one for an hour. */
async function find(id: string, clients: AwsClients): Promise<NatGateway | undefined> {
  const client = await clients.ec2();
  const answer = await unless(GONE, () => client.send(new DescribeNatGatewaysCommand({ NatGatewayIds: [id] })));
  return answer?.NatGateways?.find(({ State }) => State !== "deleted");
}
