import type { EC2Client } from "@aws-sdk/client-ec2";
import { interfaceLeft } from "./network-interface.js";
import type { AwsLeftover } from "./look.js";

/**
 * A VPC, and before it what it cannot be removed without: what has an interface in it, which may be of nobody's making but
 * the cluster's own, such as load balancers, and then its parts.
 */
export async function insideVpc(client: EC2Client, vpc: string, region: string): Promise<readonly AwsLeftover[]> {
  const at = `--region ${region}`;
  const [interfaces, parts] = await Promise.all([interfacesOf(client, vpc, region), partsOf(client, vpc, at)]);
  return [...interfaces, ...parts, { what: `ec2 vpc ${vpc}`, remove: `aws ec2 delete-vpc --vpc-id ${vpc} ${at}` }];
}

async function interfacesOf(client: EC2Client, vpc: string, region: string): Promise<readonly AwsLeftover[]> {
  const { DescribeNetworkInterfacesCommand } = await import("@aws-sdk/client-ec2");
  const Filters = [{ Name: "vpc-id", Values: [vpc] }];
  const { NetworkInterfaces = [] } = await client.send(new DescribeNetworkInterfacesCommand({ Filters }));
  const left = NetworkInterfaces.flatMap((one) => interfaceLeft(one, region) ?? []);
  // A load balancer has an interface in each zone.
  return [...new Map(left.map((one) => [one.what, one])).values()];
}

async function partsOf(client: EC2Client, vpc: string, at: string): Promise<readonly AwsLeftover[]> {
  const sdk = await import("@aws-sdk/client-ec2");
  const Filters = [{ Name: "vpc-id", Values: [vpc] }];
  const attached = [{ Name: "attachment.vpc-id", Values: [vpc] }];
  const [{ VpcEndpoints = [] }, { InternetGateways = [] }, { Subnets = [] }, { RouteTables = [] }, groups] =
    await Promise.all([
      client.send(new sdk.DescribeVpcEndpointsCommand({ Filters })),
      client.send(new sdk.DescribeInternetGatewaysCommand({ Filters: attached })),
      client.send(new sdk.DescribeSubnetsCommand({ Filters })),
      client.send(new sdk.DescribeRouteTablesCommand({ Filters })),
      groupsOf(client, vpc),
    ]);
  const own = RouteTables.filter(({ Associations = [] }) => !Associations.some(({ Main }) => Main === true));
  return [
    ...each("vpc-endpoint", VpcEndpoints, ({ VpcEndpointId: id = "" }) => [
      id,
      `aws ec2 delete-vpc-endpoints --vpc-endpoint-ids ${id} ${at}`,
    ]),
    ...each("internet-gateway", InternetGateways, ({ InternetGatewayId: id = "" }) => [
      id,
      `aws ec2 detach-internet-gateway --internet-gateway-id ${id} --vpc-id ${vpc} ${at} && aws ec2 delete-internet-gateway --internet-gateway-id ${id} ${at}`,
    ]),
    ...each("subnet", Subnets, ({ SubnetId: id = "" }) => [id, `aws ec2 delete-subnet --subnet-id ${id} ${at}`]),
    ...each("route-table", own, ({ RouteTableId: id = "" }) => [
      id,
      `aws ec2 delete-route-table --route-table-id ${id} ${at}`,
    ]),
    ...(groups.length === 0
      ? []
      : [{ what: `ec2 security-group ${groups.join(" ")}`, remove: groupsRemoved(groups, at) }]),
  ];
}

/** Every VPC has one of the name `default`, which goes with it. */
async function groupsOf(client: EC2Client, vpc: string): Promise<readonly string[]> {
  const { DescribeSecurityGroupsCommand } = await import("@aws-sdk/client-ec2");
  const Filters = [{ Name: "vpc-id", Values: [vpc] }];
  const { SecurityGroups = [] } = await client.send(new DescribeSecurityGroupsCommand({ Filters }));
  return SecurityGroups.filter(({ GroupName }) => GroupName !== "default").map(({ GroupId = "" }) => GroupId);
}

/** Groups that name each other cannot be removed: their rules go first. */
function groupsRemoved(groups: readonly string[], at: string): string {
  const rules = `aws ec2 describe-security-group-rules --filters Name=group-id,Values=$g --query 'SecurityGroupRules[?!IsEgress].SecurityGroupRuleId' --output text ${at}`;
  const all = groups.join(" ");
  return `for g in ${all}; do ${rules} | xargs -r aws ec2 revoke-security-group-ingress --group-id $g ${at} --security-group-rule-ids; done; for g in ${all}; do aws ec2 delete-security-group --group-id $g ${at}; done`;
}

function each<T>(
  kind: string,
  found: readonly T[],
  told: (one: T) => readonly [id: string, remove: string],
): AwsLeftover[] {
  return found.map((one) => {
    const [id, remove] = told(one);
    return { what: `ec2 ${kind} ${id}`, remove };
  });
}
