import { CreateSubnetCommand, DeleteSubnetCommand, DescribeSubnetsCommand, type Subnet } from "@aws-sdk/client-ec2";
import type { AwsClients } from "../../clients.js";
import type { AwsKind } from "../../kind.js";
import { unless, until } from "../../wait.js";
import { text } from "../inputs.js";
import { fromTagList } from "../tags.js";
import { idOf, remove, tagSpecifications, updateTags } from "./common.js";

const GONE = ["InvalidSubnetID.NotFound"];

/** https://www.pulumi.com/registry/packages/aws/api-docs/ec2/subnet/ */
export const subnet: AwsKind = {
  type: "aws:ec2/subnet:Subnet",
  inputs: { vpcId: "replace", cidrBlock: "replace", availabilityZone: "replace", tags: "update" },
  required: ["vpcId", "cidrBlock", "availabilityZone"],
  computed: ["arn", "ownerId"],
  // The new one cannot have addresses of the old one.
  deleteBeforeReplace: true,

  async create(inputs, clients) {
    const command = new CreateSubnetCommand({
      VpcId: text(inputs, "vpcId"),
      CidrBlock: text(inputs, "cidrBlock"),
      AvailabilityZone: text(inputs, "availabilityZone"),
      ...tagSpecifications("subnet", inputs),
    });
    const { Subnet } = await (await clients.ec2()).send(command);
    return idOf(Subnet?.SubnetId, "CreateSubnet");
  },

  async settle(id, clients) {
    await until({ what: `subnet ${id} to be available`, signal: clients.signal }, async () =>
      (await find(id, clients))?.State === "available" ? true : undefined,
    );
  },

  async read(id, clients) {
    const found = await find(id, clients);
    if (found === undefined) return undefined;
    return {
      vpcId: found.VpcId,
      cidrBlock: found.CidrBlock,
      availabilityZone: found.AvailabilityZone,
      tags: fromTagList(found.Tags),
      arn: found.SubnetArn,
      ownerId: found.OwnerId,
    };
  },

  update: updateTags,

  async delete(id, clients) {
    const client = await clients.ec2();
    const command = new DeleteSubnetCommand({ SubnetId: id });
    await remove({ what: `subnet ${id}`, gone: GONE, clients }, () => client.send(command));
  },
};

async function find(id: string, clients: AwsClients): Promise<Subnet | undefined> {
  const client = await clients.ec2();
  const answer = await unless(GONE, () => client.send(new DescribeSubnetsCommand({ SubnetIds: [id] })));
  return answer?.Subnets?.[0];
}
