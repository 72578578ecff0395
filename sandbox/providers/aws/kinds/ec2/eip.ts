import { AllocateAddressCommand, DescribeAddressesCommand, ReleaseAddressCommand } from "@aws-sdk/client-ec2";
import type { AwsKind } from "../../kind.js";
import { unless } from "../../wait.js";
import { fromTagList } from "../tags.js";
import { ec2Arn, idOf, remove, tagSpecifications, updateTags } from "./common.js";

const GONE = ["InvalidAllocationID.NotFound"];

/** https://www.pulumi.com/registry/packages/aws/api-docs/ec2/eip/ */
export const eip: AwsKind = {
  type: "aws:ec2/eip:Eip",
  inputs: { domain: "replace", tags: "update" },
  required: [],
  defaults: { domain: "vpc" },
  computed: ["allocationId", "arn", "publicIp"],

  async create(inputs, clients) {
    const command = new AllocateAddressCommand({ Domain: "vpc", ...tagSpecifications("elastic-ip", inputs) });
    const { AllocationId } = await (await clients.ec2()).send(command);
    return idOf(AllocationId, "AllocateAddress");
  },

  async read(id, clients) {
    const client = await clients.ec2();
    const answer = await unless(GONE, () => client.send(new DescribeAddressesCommand({ AllocationIds: [id] })));
    const found = answer?.Addresses?.[0];
    if (found === undefined) return undefined;
    return {
      domain: found.Domain,
      tags: fromTagList(found.Tags),
      allocationId: id,
      arn: ec2Arn(clients, await clients.account(), `elastic-ip/${id}`),
      publicIp: found.PublicIp,
    };
  },

  update: updateTags,

  async delete(id, clients) {
    const client = await clients.ec2();
    const removal = { what: `address ${id}`, gone: GONE, inUse: ["InvalidIPAddress.InUse"], clients };
    await remove(removal, () => client.send(new ReleaseAddressCommand({ AllocationId: id })));
  },
};
