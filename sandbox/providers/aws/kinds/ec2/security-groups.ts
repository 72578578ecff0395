import {
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
  type SecurityGroup,
  type SecurityGroupRule,
} from "@aws-sdk/client-ec2";
import type { AwsClients } from "../../clients.js";
import { unless } from "../../wait.js";

/** AWS' errors that say that a security group is gone. */
export const NO_GROUP = ["InvalidGroup.NotFound", "InvalidGroupId.Malformed"];

export async function findGroup(id: string, clients: AwsClients): Promise<SecurityGroup | undefined> {
  const client = await clients.ec2();
  const answer = await unless(NO_GROUP, () => client.send(new DescribeSecurityGroupsCommand({ GroupIds: [id] })));
  return answer?.SecurityGroups?.[0];
}

/** The one group of this name that a VPC may have. */
export async function findGroupByName(
  { vpcId, name }: { readonly vpcId: string; readonly name: string },
  clients: AwsClients,
): Promise<SecurityGroup | undefined> {
  const client = await clients.ec2();
  const Filters = [
    { Name: "vpc-id", Values: [vpcId] },
    { Name: "group-name", Values: [name] },
  ];
  return (await client.send(new DescribeSecurityGroupsCommand({ Filters }))).SecurityGroups?.[0];
}

/** All rules of a group, page by page. */
export async function rulesOf(groupId: string, clients: AwsClients): Promise<SecurityGroupRule[]> {
  const client = await clients.ec2();
  const rules: SecurityGroupRule[] = [];
  let NextToken: string | undefined;
  do {
    const Filters = [{ Name: "group-id", Values: [groupId] }];
    const page = await client.send(new DescribeSecurityGroupRulesCommand({ Filters, NextToken }));
    rules.push(...(page.SecurityGroupRules ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined && NextToken !== "");
  return rules;
}

/** Takes the group these rules. */
export async function revoke(groupId: string, rules: readonly SecurityGroupRule[], clients: AwsClients): Promise<void> {
  const client = await clients.ec2();
  const ids = (isEgress: boolean): string[] =>
    rules.filter((rule) => (rule.IsEgress === true) === isEgress).map((rule) => rule.SecurityGroupRuleId ?? "");
  const [ingress, egress] = [ids(false), ids(true)];
  const request = (SecurityGroupRuleIds: string[]) => ({ GroupId: groupId, SecurityGroupRuleIds });
  if (ingress.length > 0) await client.send(new RevokeSecurityGroupIngressCommand(request(ingress)));
  if (egress.length > 0) await client.send(new RevokeSecurityGroupEgressCommand(request(egress)));
}
