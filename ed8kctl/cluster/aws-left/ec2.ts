import type { EC2Client, Tag } from "@aws-sdk/client-ec2";
import { clusterName } from "../../../naming.js";
import { clientOptions } from "../../aws/client-options.js";
import { instanceLeft } from "./instance.js";
import type { AwsLeftover, SweptCluster } from "./look.js";
import { insideVpc } from "./vpc.js";

/** Karpenter's nodes and the volumes of databases are made in the cluster, and no stack knows of them. */
export async function ec2(cluster: SweptCluster): Promise<readonly AwsLeftover[]> {
  const { stack, region } = cluster;
  const sdk = await import("@aws-sdk/client-ec2");
  const client = new sdk.EC2Client(clientOptions(region));
  const at = `--region ${region}`;
  const ours = { Name: "tag:ed8k:cluster", Values: [stack] };
  const [nodes, { NatGateways = [] }, { Addresses = [] }, { LaunchTemplates = [] }, { Vpcs = [] }] = await Promise.all([
    madeInside(client, cluster),
    client.send(new sdk.DescribeNatGatewaysCommand({ Filter: [ours, STANDING] })),
    client.send(new sdk.DescribeAddressesCommand({ Filters: [ours] })),
    client.send(new sdk.DescribeLaunchTemplatesCommand({ Filters: [ours] })),
    client.send(new sdk.DescribeVpcsCommand({ Filters: [ours] })),
  ]);
  const inside = await Promise.all(Vpcs.map(({ VpcId = "" }) => insideVpc(client, VpcId, region)));
  return [
    ...nodes,
    ...LaunchTemplates.map(({ LaunchTemplateId: id = "" }) => ({
      what: `ec2 launch-template ${id}`,
      remove: `aws ec2 delete-launch-template --launch-template-id ${id} ${at}`,
    })),
    ...NatGateways.map(({ NatGatewayId: id = "" }) => ({
      what: `ec2 nat-gateway ${id}`,
      remove: `aws ec2 delete-nat-gateway --nat-gateway-id ${id} ${at} && aws ec2 wait nat-gateway-deleted --nat-gateway-ids ${id} ${at}`,
    })),
    ...Addresses.filter(isOf(stack)).map(({ AllocationId: id = "" }) => ({
      what: `ec2 address ${id}`,
      remove: `aws ec2 release-address --allocation-id ${id} ${at}`,
    })),
    ...inside.flat(),
  ];
}

/** The sandbox's emulator lists all addresses, whatever the filter. */
function isOf(stack: string): (tagged: { readonly Tags?: readonly Tag[] | undefined }) => boolean {
  return ({ Tags = [] }) => Tags.some(({ Key, Value }) => Key === "ed8k:cluster" && Value === stack);
}

/** One that is gone is shown for an hour. */
const STANDING = { Name: "state", Values: ["pending", "available"] };

async function madeInside(client: EC2Client, { stack, region }: SweptCluster): Promise<readonly AwsLeftover[]> {
  const { DescribeInstancesCommand, DescribeVolumesCommand } = await import("@aws-sdk/client-ec2");
  const owned = { Name: "tag-key", Values: [`kubernetes.io/cluster/${clusterName(stack)}`] };
  const running = { Name: "instance-state-name", Values: ["pending", "running", "stopping", "stopped"] };
  const [{ Reservations = [] }, { Volumes = [] }] = await Promise.all([
    client.send(new DescribeInstancesCommand({ Filters: [owned, running] })),
    client.send(new DescribeVolumesCommand({ Filters: [owned] })),
  ]);
  const at = `--region ${region}`;
  const instances = Reservations.flatMap(({ Instances = [] }) => Instances.map(({ InstanceId = "" }) => InstanceId));
  return [
    ...instances.map((id) => instanceLeft(id, region)),
    ...Volumes.map(({ VolumeId: id = "" }) => ({
      what: `ec2 volume ${id}`,
      remove: `aws ec2 delete-volume --volume-id ${id} ${at}`,
    })),
  ];
}
