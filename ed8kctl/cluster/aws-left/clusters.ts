import { clusterName } from "../../../naming.js";
import { clientOptions } from "../../aws/client-options.js";
import { allPages, type AwsLeftover, present, type SweptCluster } from "./look.js";

/** The control plane. */
export async function eks({ stack, region }: SweptCluster): Promise<readonly AwsLeftover[]> {
  const { DescribeClusterCommand, EKSClient } = await import("@aws-sdk/client-eks");
  const name = clusterName(stack);
  if (!(await present(new EKSClient(clientOptions(region)).send(new DescribeClusterCommand({ name }))))) return [];
  const groups = `aws eks list-nodegroups --cluster-name ${name} --query 'nodegroups[]' --output text --region ${region}`;
  const group = `--cluster-name ${name} --nodegroup-name $g --region ${region}`;
  const nodes = `for g in $(${groups}); do aws eks delete-nodegroup ${group} && aws eks wait nodegroup-deleted ${group}; done`;
  return [
    { what: `eks cluster ${name}`, remove: `${nodes}; aws eks delete-cluster --name ${name} --region ${region}` },
  ];
}

/** The brokers, and what they are configured with. */
export async function kafka({ stack, region }: SweptCluster): Promise<readonly AwsLeftover[]> {
  const { KafkaClient, ListClustersV2Command, ListConfigurationsCommand } = await import("@aws-sdk/client-kafka");
  const client = new KafkaClient(clientOptions(region));
  const name = clusterName(stack);
  const [clusters, configurations] = await Promise.all([
    allPages(async (NextToken) => {
      // A filter of names takes their beginning.
      const input = { ClusterNameFilter: name, ...(NextToken === undefined ? {} : { NextToken }) };
      const { ClusterInfoList = [], NextToken: next } = await client.send(new ListClustersV2Command(input));
      return { items: ClusterInfoList, next };
    }),
    allPages(async (NextToken) => {
      const input = NextToken === undefined ? {} : { NextToken };
      const { Configurations = [], NextToken: next } = await client.send(new ListConfigurationsCommand(input));
      return { items: Configurations, next };
    }),
  ]);
  return [
    ...clusters
      .filter(({ ClusterName, State }) => ClusterName === name && State !== "DELETING")
      .map(({ ClusterArn = "" }) => ({
        what: `kafka cluster ${name}`,
        remove: `aws kafka delete-cluster --cluster-arn ${ClusterArn} --region ${region}`,
      })),
    ...configurations
      .filter(({ Name, State }) => Name === name && State !== "DELETING")
      .map(({ Arn = "" }) => ({
        what: `kafka configuration ${name}`,
        remove: `aws kafka delete-configuration --arn ${Arn} --region ${region}`,
      })),
  ];
}
