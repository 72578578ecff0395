import { clusterBucketName, clusterName, clusterPartName } from "../../naming.js";
import { bucketOptions, clientOptions } from "../aws/client-options.js";
import { isMissing } from "../aws/refusals.js";

/** Which cluster is looked for. */
export interface SweptCluster {
  /** The cluster stack. */
  readonly stack: string;
  readonly account: string;
  readonly region: string;
}

/** Something of the cluster that is still on AWS. */
export interface AwsLeftover {
  /** As the AWS command line calls the service, with what it is: `ec2 instance i-1`. */
  readonly what: string;
  /** A command that removes it. */
  readonly remove: string;
}

/** One service's look, by name and by tag: it needs no state. */
export type Look = (cluster: SweptCluster) => Promise<readonly AwsLeftover[]>;

export interface AwsSweep {
  /** Services that were looked at. */
  readonly checked: readonly string[];
  /** Services that could not be. */
  readonly unseen: readonly string[];
  readonly left: readonly AwsLeftover[];
}

/** Looks, whatever the stack says, for what of a cluster can be left, and costs money or stands in the way of the next. */
export async function sweepAws(
  cluster: SweptCluster,
  looks: Readonly<Record<string, Look>> = LOOKS,
): Promise<AwsSweep> {
  const services = Object.keys(looks);
  const answers = await Promise.all(
    Object.values(looks).map((look) => look(cluster).catch((): undefined => undefined)),
  );
  return {
    checked: services.filter((_, index) => answers[index] !== undefined),
    unseen: services.filter((_, index) => answers[index] === undefined),
    left: answers.flatMap((answer) => answer ?? []),
  };
}

const LOOKS: Readonly<Record<string, Look>> = { eks, kafka, ec2, s3, sqs, iam };

async function eks({ stack, region }: SweptCluster): Promise<readonly AwsLeftover[]> {
  const { DescribeClusterCommand, EKSClient } = await import("@aws-sdk/client-eks");
  const name = clusterName(stack);
  const found = await present(new EKSClient(clientOptions(region)).send(new DescribeClusterCommand({ name })));
  const remove = `aws eks delete-cluster --name ${name} --region ${region}`;
  return found ? [{ what: `eks cluster ${name}`, remove }] : [];
}

async function kafka({ stack, region }: SweptCluster): Promise<readonly AwsLeftover[]> {
  const { KafkaClient, ListClustersV2Command } = await import("@aws-sdk/client-kafka");
  const client = new KafkaClient(clientOptions(region));
  const name = clusterName(stack);
  // A filter of names takes their beginning.
  const { ClusterInfoList = [] } = await client.send(new ListClustersV2Command({ ClusterNameFilter: name }));
  return ClusterInfoList.filter(({ ClusterName, State }) => ClusterName === name && State !== "DELETING").map(
    ({ ClusterArn = "" }) => ({
      what: `kafka cluster ${name}`,
      remove: `aws kafka delete-cluster --cluster-arn ${ClusterArn} --region ${region}`,
    }),
  );
}

/** Karpenter's nodes and the volumes of databases are made in the cluster, and no stack knows of them. */
async function ec2({ stack, region }: SweptCluster): Promise<readonly AwsLeftover[]> {
  const { DescribeInstancesCommand, DescribeVolumesCommand, DescribeVpcsCommand, EC2Client } =
    await import("@aws-sdk/client-ec2");
  const client = new EC2Client(clientOptions(region));
  const owned = { Name: "tag-key", Values: [`kubernetes.io/cluster/${clusterName(stack)}`] };
  const running = { Name: "instance-state-name", Values: ["pending", "running", "stopping", "stopped"] };
  const [{ Vpcs = [] }, { Reservations = [] }, { Volumes = [] }] = await Promise.all([
    client.send(new DescribeVpcsCommand({ Filters: [{ Name: "tag:ed8k:cluster", Values: [stack] }] })),
    client.send(new DescribeInstancesCommand({ Filters: [owned, running] })),
    client.send(new DescribeVolumesCommand({ Filters: [owned] })),
  ]);
  const at = `--region ${region}`;
  const instances = Reservations.flatMap(({ Instances = [] }) => Instances.map(({ InstanceId = "" }) => InstanceId));
  return [
    ...instances.map((id) => ({
      what: `ec2 instance ${id}`,
      remove: `aws ec2 terminate-instances --instance-ids ${id} ${at}`,
    })),
    ...Volumes.map(({ VolumeId: id = "" }) => ({
      what: `ec2 volume ${id}`,
      remove: `aws ec2 delete-volume --volume-id ${id} ${at}`,
    })),
    ...Vpcs.map(({ VpcId: id = "" }) => ({ what: `ec2 vpc ${id}`, remove: `aws ec2 delete-vpc --vpc-id ${id} ${at}` })),
  ];
}

async function s3({ stack, account, region }: SweptCluster): Promise<readonly AwsLeftover[]> {
  const { HeadBucketCommand, S3Client } = await import("@aws-sdk/client-s3");
  const bucket = clusterBucketName(stack, "datasets", { account, region });
  const found = await present(new S3Client(bucketOptions(region)).send(new HeadBucketCommand({ Bucket: bucket })));
  return found ? [{ what: `s3 bucket ${bucket}`, remove: `aws s3 rb s3://${bucket} --force` }] : [];
}

async function sqs({ stack, region }: SweptCluster): Promise<readonly AwsLeftover[]> {
  const { GetQueueUrlCommand, SQSClient } = await import("@aws-sdk/client-sqs");
  const name = clusterPartName(stack, "karpenter");
  const client = new SQSClient(clientOptions(region));
  const found = await present(client.send(new GetQueueUrlCommand({ QueueName: name })));
  const remove = `aws sqs delete-queue --queue-url "$(aws sqs get-queue-url --queue-name ${name} --region ${region} --output text)"`;
  return found ? [{ what: `sqs queue ${name}`, remove }] : [];
}

/** Roles are looked for by their names: a beginning would find those of a cluster `<stack>-2` as well. */
async function iam({ stack, region }: SweptCluster): Promise<readonly AwsLeftover[]> {
  const { GetRoleCommand, IAMClient } = await import("@aws-sdk/client-iam");
  const client = new IAMClient(clientOptions(region));
  const names = ROLES.map((part) => clusterPartName(stack, part));
  const found = await Promise.all(names.map((RoleName) => present(client.send(new GetRoleCommand({ RoleName })))));
  return names
    .filter((_, index) => found[index])
    .map((name) => ({ what: `iam role ${name}`, remove: `aws iam delete-role --role-name ${name}` }));
}

const ROLES = [
  "cluster",
  "system-node",
  "karpenter",
  "karpenter-node",
  "load-balancer",
  "ebs-csi",
  "environments",
] as const;

/** @throws whatever else AWS says than that there is none */
async function present(asked: Promise<unknown>): Promise<boolean> {
  try {
    await asked;
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}
