import type { SecurityGroupRule } from "@aws-sdk/client-ec2";
import { UserError } from "../../../../../errors.js";
import type { AwsClients } from "../../clients.js";
import type { AwsKind, Data } from "../../kind.js";
import { text, texts } from "../inputs.js";
import { fromTagList } from "../tags.js";
import { ec2Arn, updateTags } from "./common.js";
import { findGroup, findGroupByName, revoke, rulesOf } from "./security-groups.js";

/**
 * The group that AWS made with the VPC, taken over and emptied; it goes with the VPC, so removing this only forgets it.
 * https://www.pulumi.com/registry/packages/aws/api-docs/ec2/defaultsecuritygroup/
 */
export const defaultSecurityGroup: AwsKind = {
  type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  // Rules are inputs so that one that somebody adds is seen; the sandbox takes none.
  inputs: { vpcId: "replace", ingress: "update", egress: "update", tags: "update" },
  required: ["vpcId"],
  defaults: { ingress: [], egress: [] },
  computed: ["arn", "description", "name", "ownerId"],

  async create(inputs, clients) {
    refuseRules(inputs);
    const vpcId = text(inputs, "vpcId");
    const found = await findGroupByName({ vpcId, name: "default" }, clients);
    if (found?.GroupId === undefined) throw new UserError(`VPC ${vpcId} has no default security group`);
    await updateTags(found.GroupId, { old: { tags: fromTagList(found.Tags) }, inputs }, clients);
    return found.GroupId;
  },

  settle: empty,

  async read(id, clients) {
    const found = await findGroup(id, clients);
    if (found === undefined) return undefined;
    const rules = await rulesOf(id, clients);
    return {
      vpcId: found.VpcId,
      ingress: rules.filter(({ IsEgress }) => IsEgress !== true).map(toText),
      egress: rules.filter(({ IsEgress }) => IsEgress === true).map(toText),
      tags: fromTagList(found.Tags),
      name: found.GroupName,
      description: found.Description,
      arn: found.SecurityGroupArn ?? ec2Arn(clients, found.OwnerId, `security-group/${id}`),
      ownerId: found.OwnerId,
    };
  },

  async update(id, change, clients) {
    refuseRules(change.inputs);
    await updateTags(id, change, clients);
  },

  delete: () => Promise.resolve(),
};

async function empty(id: string, clients: AwsClients): Promise<void> {
  await revoke(id, await rulesOf(id, clients), clients);
}

function refuseRules(inputs: Data): void {
  if (texts(inputs, "ingress").length + texts(inputs, "egress").length === 0) return;
  throw new UserError("The sandbox's default security group has no rules", {
    hint: "Leave ingress and egress out, and make a security group for what needs rules",
  });
}

/** Enough to tell that there is one, and which. */
function toText({ IpProtocol = "", FromPort, ToPort, CidrIpv4, ReferencedGroupInfo }: SecurityGroupRule): string {
  const ports = FromPort === undefined || FromPort === -1 ? "" : ` ${FromPort}-${ToPort ?? FromPort}`;
  return `${IpProtocol}${ports} ${CidrIpv4 ?? ReferencedGroupInfo?.GroupId ?? ""}`.trim();
}
