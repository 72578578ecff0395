import { CloudWatchLogsClient, DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { BudgetsClient, DescribeBudgetsCommand } from "@aws-sdk/client-budgets";
import {
  DescribeAddressesCommand,
  DescribeFlowLogsCommand,
  DescribeInternetGatewaysCommand,
  DescribeNatGatewaysCommand,
  DescribeSecurityGroupsCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import { DescribeRepositoriesCommand, ECRClient } from "@aws-sdk/client-ecr";
import { EKSClient, ListClustersCommand } from "@aws-sdk/client-eks";
import { EventBridgeClient, ListRulesCommand } from "@aws-sdk/client-eventbridge";
import { IAMClient, ListRolesCommand } from "@aws-sdk/client-iam";
import { KafkaClient, ListClustersV2Command, ListConfigurationsCommand } from "@aws-sdk/client-kafka";
import { DescribeKeyCommand, KMSClient, ListAliasesCommand, ListKeysCommand } from "@aws-sdk/client-kms";
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { CREDENTIALS } from "./aws-sandbox.js";

/** How many things of each service the account has that a cluster could have made. */
export async function countsByService(endpoint: string): Promise<Readonly<Record<string, number>>> {
  const options = {
    endpoint,
    region: "eu-west-1",
    credentials: CREDENTIALS,
  };
  const [network, others] = await Promise.all([networkCounts(new EC2Client(options)), otherCounts(options)]);
  return { ...network, ...others };
}

async function networkCounts(ec2: EC2Client): Promise<Record<string, number>> {
  const { Vpcs = [] } = await ec2.send(new DescribeVpcsCommand());
  const own = Vpcs.filter(({ IsDefault }) => IsDefault !== true).map(({ VpcId }) => VpcId);
  const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand());
  const { NatGateways = [] } = await ec2.send(new DescribeNatGatewaysCommand());
  const { InternetGateways = [] } = await ec2.send(new DescribeInternetGatewaysCommand());
  const attached = InternetGateways.filter(({ Attachments = [] }) =>
    Attachments.every(({ VpcId }) => Vpcs.find((vpc) => vpc.VpcId === VpcId)?.IsDefault !== true),
  );
  return {
    vpcs: own.length,
    securityGroups: SecurityGroups.filter(({ VpcId }) => own.includes(VpcId)).length,
    natGateways: NatGateways.filter(({ State }) => State !== "deleted").length,
    internetGateways: attached.length,
    addresses: (await ec2.send(new DescribeAddressesCommand())).Addresses?.length ?? 0,
    endpoints: (await ec2.send(new DescribeVpcEndpointsCommand())).VpcEndpoints?.length ?? 0,
    flowLogs: (await ec2.send(new DescribeFlowLogsCommand())).FlowLogs?.length ?? 0,
  };
}

/** What every client of the SDK takes. */
interface Options {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: typeof CREDENTIALS;
}

async function otherCounts(options: Options): Promise<Record<string, number>> {
  const kafka = new KafkaClient(options);
  const { Roles = [] } = await new IAMClient(options).send(new ListRolesCommand());
  const { clusters = [] } = await new EKSClient(options).send(new ListClustersCommand());
  const { Aliases = [] } = await new KMSClient(options).send(new ListAliasesCommand());
  const { Buckets = [] } = await new S3Client({ ...options, forcePathStyle: true }).send(new ListBucketsCommand());
  const { Budgets = [] } = await new BudgetsClient(options).send(
    new DescribeBudgetsCommand({ AccountId: "111122223333" }),
  );
  return {
    roles: Roles.filter(({ Path }) => !Path?.startsWith("/aws-service-role/")).length,
    eksClusters: clusters.length,
    mskClusters: (await kafka.send(new ListClustersV2Command())).ClusterInfoList?.length ?? 0,
    mskConfigurations: (await kafka.send(new ListConfigurationsCommand())).Configurations?.length ?? 0,
    keys: await liveKeys(new KMSClient(options)),
    keyAliases: Aliases.filter(({ AliasName }) => !AliasName?.startsWith("alias/aws/")).length,
    buckets: Buckets.length,
    budgets: Budgets.length,
    repositories: (await new ECRClient(options).send(new DescribeRepositoriesCommand())).repositories?.length ?? 0,
    queues: (await new SQSClient(options).send(new ListQueuesCommand())).QueueUrls?.length ?? 0,
    rules: (await new EventBridgeClient(options).send(new ListRulesCommand())).Rules?.length ?? 0,
    logGroups: (await new CloudWatchLogsClient(options).send(new DescribeLogGroupsCommand())).logGroups?.length ?? 0,
  };
}

/** A key that somebody deletes stays for days, and says so. */
async function liveKeys(kms: KMSClient): Promise<number> {
  const { Keys = [] } = await kms.send(new ListKeysCommand());
  const states = await Promise.all(
    Keys.map(async ({ KeyId }) => (await kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata),
  );
  return states.filter((key) => key?.KeyState === "Enabled" && key.KeyManager !== "AWS").length;
}
