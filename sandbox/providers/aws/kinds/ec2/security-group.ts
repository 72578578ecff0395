import { CreateSecurityGroupCommand, DeleteSecurityGroupCommand, type SecurityGroup } from "@aws-sdk/client-ec2";
import type { AwsClients } from "../../clients.js";
import type { AwsKind, Data } from "../../kind.js";
import { text } from "../inputs.js";
import { createOnce } from "../once.js";
import { fromTagList } from "../tags.js";
import { ec2Arn, idOf, remove, tagSpecifications, updateTags } from "./common.js";
import { findGroup, findGroupByName, NO_GROUP, revoke, rulesOf } from "./security-groups.js";

/**
 * Without rules, also without the one that lets everything out, which AWS gives to every new group: each rule is a
 * resource of its own. https://www.pulumi.com/registry/packages/aws/api-docs/ec2/securitygroup/
 */
export const securityGroup: AwsKind = {
  type: "aws:ec2/securityGroup:SecurityGroup",
  inputs: { vpcId: "replace", name: "replace", description: "replace", tags: "update" },
  required: ["vpcId", "name"],
  defaults: { description: "Managed by Pulumi" },
  computed: ["arn", "ownerId"],
  deleteBeforeReplace: true,

  async create(inputs, clients) {
    const id = await createOrAdopt(inputs, clients);
    await revoke(id, (await rulesOf(id, clients)).filter(isDefault), clients);
    return id;
  },

  async read(id, clients) {
    const found = await findGroup(id, clients);
    return found === undefined ? undefined : dataOf(found, clients);
  },

  update: updateTags,

  async delete(id, clients) {
    const client = await clients.ec2();
    const command = new DeleteSecurityGroupCommand({ GroupId: id });
    await remove({ what: `security group ${id}`, gone: NO_GROUP, clients }, () => client.send(command));
  },
};

async function createOrAdopt(inputs: Data, clients: AwsClients): Promise<string> {
  const [vpcId, name] = [text(inputs, "vpcId"), text(inputs, "name")];
  const command = new CreateSecurityGroupCommand({
    VpcId: vpcId,
    GroupName: name,
    Description: text(inputs, "description"),
    ...tagSpecifications("security-group", inputs),
  });
  return createOnce({
    taken: ["InvalidGroup.Duplicate"],
    inputs,
    make: async () => idOf((await (await clients.ec2()).send(command)).GroupId, "CreateSecurityGroup"),
    find: async () => {
      const found = await findGroupByName({ vpcId, name }, clients);
      return found?.GroupId === undefined ? undefined : { id: found.GroupId, live: dataOf(found, clients) };
    },
  });
}

function dataOf(group: SecurityGroup, clients: AwsClients): Data {
  return {
    vpcId: group.VpcId,
    name: group.GroupName,
    description: group.Description,
    tags: fromTagList(group.Tags),
    arn: group.SecurityGroupArn ?? ec2Arn(clients, group.OwnerId, `security-group/${group.GroupId ?? ""}`),
    ownerId: group.OwnerId,
  };
}

function isDefault({ IsEgress, IpProtocol }: { IsEgress?: boolean | undefined; IpProtocol?: string | undefined }) {
  return IsEgress === true && IpProtocol === "-1";
}
