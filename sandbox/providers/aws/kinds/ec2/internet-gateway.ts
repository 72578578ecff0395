import {
  AttachInternetGatewayCommand,
  CreateInternetGatewayCommand,
  DeleteInternetGatewayCommand,
  DescribeInternetGatewaysCommand,
  DetachInternetGatewayCommand,
  type InternetGateway,
} from "@aws-sdk/client-ec2";
import type { AwsClients } from "../../clients.js";
import type { AwsKind } from "../../kind.js";
import { unless } from "../../wait.js";
import { maybeText, text } from "../inputs.js";
import { fromTagList, hasChanged } from "../tags.js";
import { ec2Arn, idOf, remove, tagSpecifications, updateTags } from "./common.js";

const GONE = ["InvalidInternetGatewayID.NotFound"];
const DETACHED = [...GONE, "Gateway.NotAttached"];

/** https://www.pulumi.com/registry/packages/aws/api-docs/ec2/internetgateway/ */
export const internetGateway: AwsKind = {
  type: "aws:ec2/internetGateway:InternetGateway",
  inputs: { vpcId: "update", tags: "update" },
  required: ["vpcId"],
  computed: ["arn", "ownerId"],

  async create(inputs, clients) {
    const command = new CreateInternetGatewayCommand(tagSpecifications("internet-gateway", inputs));
    const { InternetGateway } = await (await clients.ec2()).send(command);
    return idOf(InternetGateway?.InternetGatewayId, "CreateInternetGateway");
  },

  async settle(id, clients, inputs) {
    const VpcId = text(inputs, "vpcId");
    const command = new AttachInternetGatewayCommand({ InternetGatewayId: id, VpcId });
    if (vpcOf(await find(id, clients)) !== VpcId) await (await clients.ec2()).send(command);
  },

  async read(id, clients) {
    const found = await find(id, clients);
    if (found === undefined) return undefined;
    return {
      vpcId: vpcOf(found),
      tags: fromTagList(found.Tags),
      arn: ec2Arn(clients, found.OwnerId, `internet-gateway/${id}`),
      ownerId: found.OwnerId,
    };
  },

  async update(id, change, clients) {
    if (hasChanged("vpcId", change)) await detach(id, maybeText(change.old, "vpcId"), clients);
    await updateTags(id, change, clients);
  },

  async delete(id, clients) {
    await detach(id, vpcOf(await find(id, clients)), clients);
    const client = await clients.ec2();
    const command = new DeleteInternetGatewayCommand({ InternetGatewayId: id });
    await remove({ what: `internet gateway ${id}`, gone: GONE, clients }, () => client.send(command));
  },
};

/** Refused by AWS as long as something in the VPC has a public address. */
async function detach(id: string, VpcId: string | undefined, clients: AwsClients): Promise<void> {
  if (VpcId === undefined) return;
  const client = await clients.ec2();
  const command = new DetachInternetGatewayCommand({ InternetGatewayId: id, VpcId });
  await remove({ what: `internet gateway ${id}`, gone: DETACHED, clients }, () => client.send(command));
}

function vpcOf(gateway: InternetGateway | undefined): string | undefined {
  return gateway?.Attachments?.[0]?.VpcId;
}

async function find(id: string, clients: AwsClients): Promise<InternetGateway | undefined> {
  const client = await clients.ec2();
  const command = new DescribeInternetGatewaysCommand({ InternetGatewayIds: [id] });
  return (await unless(GONE, () => client.send(command)))?.InternetGateways?.[0];
}
