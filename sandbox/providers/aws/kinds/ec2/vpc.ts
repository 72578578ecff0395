import {
  CreateVpcCommand,
  DeleteVpcCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcsCommand,
  ModifyVpcAttributeCommand,
  type Vpc,
} from "@aws-sdk/client-ec2";
import type { AwsClients } from "../../clients.js";
import type { AwsKind } from "../../kind.js";
import { unless, until } from "../../wait.js";
import { text } from "../inputs.js";
import { fromTagList } from "../tags.js";
import { ec2Arn, idOf, remove, tagSpecifications, updateTags } from "./common.js";

const GONE = ["InvalidVpcID.NotFound"];

/** https://www.pulumi.com/registry/packages/aws/api-docs/ec2/vpc/ */
export const vpc: AwsKind = {
  type: "aws:ec2/vpc:Vpc",
  inputs: { cidrBlock: "replace", enableDnsHostnames: "update", enableDnsSupport: "update", tags: "update" },
  required: ["cidrBlock"],
  defaults: { enableDnsHostnames: false, enableDnsSupport: true },
  computed: ["arn", "defaultSecurityGroupId", "mainRouteTableId", "ownerId"],

  async create(inputs, clients) {
    const command = new CreateVpcCommand({ CidrBlock: text(inputs, "cidrBlock"), ...tagSpecifications("vpc", inputs) });
    const { Vpc } = await (await clients.ec2()).send(command);
    return idOf(Vpc?.VpcId, "CreateVpc");
  },

  async settle(id, clients, { enableDnsSupport, enableDnsHostnames }) {
    await until({ what: `VPC ${id} to be available`, signal: clients.signal }, async () =>
      (await find(id, clients))?.State === "available" ? true : undefined,
    );
    const client = await clients.ec2();
    // One attribute per call, and names of hosts need DNS.
    const support = { Value: enableDnsSupport === true };
    await client.send(new ModifyVpcAttributeCommand({ VpcId: id, EnableDnsSupport: support }));
    const hostnames = { Value: enableDnsHostnames === true };
    await client.send(new ModifyVpcAttributeCommand({ VpcId: id, EnableDnsHostnames: hostnames }));
  },

  async read(id, clients) {
    const found = await find(id, clients);
    if (found === undefined) return undefined;
    const { CidrBlock, OwnerId, Tags } = found;
    return {
      cidrBlock: CidrBlock,
      ...(await attributes(id, clients)),
      tags: fromTagList(Tags),
      ownerId: OwnerId,
      arn: ec2Arn(clients, OwnerId, `vpc/${id}`),
      ...(await defaults(id, clients)),
    };
  },

  update: updateTags,

  async delete(id, clients) {
    const client = await clients.ec2();
    await remove({ what: `VPC ${id}`, gone: GONE, clients }, () => client.send(new DeleteVpcCommand({ VpcId: id })));
  },
};

async function find(id: string, clients: AwsClients): Promise<Vpc | undefined> {
  const client = await clients.ec2();
  const answer = await unless(GONE, () => client.send(new DescribeVpcsCommand({ VpcIds: [id] })));
  return answer?.Vpcs?.[0];
}

async function attributes(id: string, clients: AwsClients) {
  const client = await clients.ec2();
  const ask = (Attribute: "enableDnsHostnames" | "enableDnsSupport") =>
    client.send(new DescribeVpcAttributeCommand({ VpcId: id, Attribute }));
  const [hostnames, support] = await Promise.all([ask("enableDnsHostnames"), ask("enableDnsSupport")]);
  return {
    enableDnsHostnames: hostnames.EnableDnsHostnames?.Value ?? false,
    enableDnsSupport: support.EnableDnsSupport?.Value ?? false,
  };
}

/** What AWS makes with every VPC. */
async function defaults(id: string, clients: AwsClients) {
  const client = await clients.ec2();
  const inVpc = { Name: "vpc-id", Values: [id] };
  const [groups, tables] = await Promise.all([
    client.send(new DescribeSecurityGroupsCommand({ Filters: [inVpc, { Name: "group-name", Values: ["default"] }] })),
    client.send(new DescribeRouteTablesCommand({ Filters: [inVpc, { Name: "association.main", Values: ["true"] }] })),
  ]);
  return {
    defaultSecurityGroupId: groups.SecurityGroups?.[0]?.GroupId,
    mainRouteTableId: tables.RouteTables?.[0]?.RouteTableId,
  };
}
