import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  DescribeSecurityGroupRulesCommand,
  type IpPermission,
  ModifySecurityGroupRulesCommand,
  type SecurityGroupRule,
} from "@aws-sdk/client-ec2";
import type { AwsClients } from "../../clients.js";
import type { AwsKind, Data } from "../../kind.js";
import { unless } from "../../wait.js";
import { maybeNumber, maybeText, text } from "../inputs.js";
import { createOnce } from "../once.js";
import { fromTagList } from "../tags.js";
import { ec2Arn, idOf, tagSpecifications, updateTags } from "./common.js";
import { NO_GROUP, revoke, rulesOf } from "./security-groups.js";

const NO_RULE = ["InvalidSecurityGroupRuleId.NotFound", ...NO_GROUP, "InvalidPermission.NotFound"];

/** https://www.pulumi.com/registry/packages/aws/api-docs/vpc/securitygroupingressrule/ */
export const ingressRule = rule("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", false);
/** https://www.pulumi.com/registry/packages/aws/api-docs/vpc/securitygroupegressrule/ */
export const egressRule = rule("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", true);

function rule(type: string, isEgress: boolean): AwsKind {
  return {
    type,
    inputs: {
      securityGroupId: "replace",
      ipProtocol: "update",
      fromPort: "update",
      toPort: "update",
      cidrIpv4: "update",
      referencedSecurityGroupId: "update",
      description: "update",
      tags: "update",
    },
    required: ["securityGroupId", "ipProtocol"],
    computed: ["arn", "securityGroupRuleId"],

    create: (inputs, clients) =>
      createOnce({
        taken: ["InvalidPermission.Duplicate"],
        inputs,
        make: () => authorize(inputs, isEgress, clients),
        find: () => findSame(inputs, isEgress, clients),
      }),

    async read(id, clients) {
      const found = await find(id, clients);
      return found === undefined ? undefined : dataOf(found, clients);
    },

    async update(id, change, clients) {
      const { inputs } = change;
      const changed = { SecurityGroupRuleId: id, SecurityGroupRule: toRule(inputs) };
      const GroupId = text(inputs, "securityGroupId");
      await (await clients.ec2()).send(new ModifySecurityGroupRulesCommand({ GroupId, SecurityGroupRules: [changed] }));
      await updateTags(id, change, clients);
    },

    async delete(id, clients) {
      const found = await find(id, clients);
      if (found !== undefined) await unless(NO_RULE, () => revoke(found.GroupId ?? "", [found], clients));
    },
  };
}

async function authorize(inputs: Data, isEgress: boolean, clients: AwsClients): Promise<string> {
  const request = {
    GroupId: text(inputs, "securityGroupId"),
    IpPermissions: [toPermission(inputs)],
    ...tagSpecifications("security-group-rule", inputs),
  };
  const client = await clients.ec2();
  const { SecurityGroupRules } = isEgress
    ? await client.send(new AuthorizeSecurityGroupEgressCommand(request))
    : await client.send(new AuthorizeSecurityGroupIngressCommand(request));
  return idOf(SecurityGroupRules?.[0]?.SecurityGroupRuleId, "AuthorizeSecurityGroup");
}

function toPermission(inputs: Data): IpPermission {
  const Description = maybeText(inputs, "description");
  const [CidrIp, GroupId] = [maybeText(inputs, "cidrIpv4"), maybeText(inputs, "referencedSecurityGroupId")];
  return {
    IpProtocol: text(inputs, "ipProtocol"),
    FromPort: maybeNumber(inputs, "fromPort"),
    ToPort: maybeNumber(inputs, "toPort"),
    ...(CidrIp === undefined ? {} : { IpRanges: [{ CidrIp, Description }] }),
    ...(GroupId === undefined ? {} : { UserIdGroupPairs: [{ GroupId, Description }] }),
  };
}

function toRule(inputs: Data) {
  return {
    IpProtocol: text(inputs, "ipProtocol"),
    FromPort: maybeNumber(inputs, "fromPort"),
    ToPort: maybeNumber(inputs, "toPort"),
    CidrIpv4: maybeText(inputs, "cidrIpv4"),
    ReferencedGroupId: maybeText(inputs, "referencedSecurityGroupId"),
    Description: maybeText(inputs, "description"),
  };
}

function dataOf(found: SecurityGroupRule, clients: AwsClients): Data {
  const id = found.SecurityGroupRuleId ?? "";
  return {
    securityGroupId: found.GroupId,
    ipProtocol: found.IpProtocol,
    fromPort: portOf(found.FromPort),
    toPort: portOf(found.ToPort),
    cidrIpv4: found.CidrIpv4,
    referencedSecurityGroupId: found.ReferencedGroupInfo?.GroupId,
    description: found.Description === "" ? undefined : found.Description,
    tags: fromTagList(found.Tags),
    arn: ec2Arn(clients, found.GroupOwnerId, `security-group-rule/${id}`),
    securityGroupRuleId: id,
  };
}

/** AWS says -1 for "all ports", which as an input is left out. */
function portOf(port: number | undefined): number | undefined {
  return port === -1 ? undefined : port;
}

/** The group's one rule for these ports and this source. */
async function findSame(inputs: Data, isEgress: boolean, clients: AwsClients) {
  const rules = await rulesOf(text(inputs, "securityGroupId"), clients);
  return rules
    .filter((rule) => (rule.IsEgress === true) === isEgress)
    .map((rule) => ({ id: rule.SecurityGroupRuleId ?? "", live: dataOf(rule, clients) }))
    .find(({ live }) => IDENTITY.every((name) => live[name] === inputs[name]));
}

const IDENTITY = ["ipProtocol", "fromPort", "toPort", "cidrIpv4", "referencedSecurityGroupId"];

async function find(id: string, clients: AwsClients): Promise<SecurityGroupRule | undefined> {
  const client = await clients.ec2();
  const command = new DescribeSecurityGroupRulesCommand({ SecurityGroupRuleIds: [id] });
  return (await unless(NO_RULE, () => client.send(command)))?.SecurityGroupRules?.[0];
}
