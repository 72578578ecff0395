import { clusterName, clusterPartName } from "../../../naming.js";
import { clientOptions } from "../../aws/client-options.js";
import { allPages, type AwsLeftover, present, type SweptCluster } from "./look.js";

/** The queue by which Karpenter hears of its nodes. */
export async function sqs({ stack, region }: SweptCluster): Promise<readonly AwsLeftover[]> {
  const { GetQueueUrlCommand, SQSClient } = await import("@aws-sdk/client-sqs");
  const name = clusterPartName(stack, "karpenter");
  const client = new SQSClient(clientOptions(region));
  const found = await present(client.send(new GetQueueUrlCommand({ QueueName: name })));
  const remove = `aws sqs delete-queue --queue-url "$(aws sqs get-queue-url --queue-name ${name} --region ${region} --output text)" --region ${region}`;
  return found ? [{ what: `sqs queue ${name}`, remove }] : [];
}

/** Rules that fill that queue. */
export async function events({ stack, region }: SweptCluster): Promise<readonly AwsLeftover[]> {
  const { EventBridgeClient, ListRulesCommand } = await import("@aws-sdk/client-eventbridge");
  const client = new EventBridgeClient(clientOptions(region));
  const NamePrefix = `${clusterPartName(stack, "karpenter")}-`;
  const rules = await allPages(async (NextToken) => {
    const input = { NamePrefix, ...(NextToken === undefined ? {} : { NextToken }) };
    const { Rules = [], NextToken: next } = await client.send(new ListRulesCommand(input));
    return { items: Rules.map(({ Name = "" }) => Name), next };
  });
  return (
    rules
      // Those of a cluster whose own name begins with `<stack>-karpenter-`.
      .filter((name) => !name.slice(NamePrefix.length).includes("karpenter-"))
      .map((name) => ({
        what: `events rule ${name}`,
        remove: `aws events remove-targets --rule ${name} --ids karpenter --region ${region}; aws events delete-rule --name ${name} --region ${region}`,
      }))
  );
}

/** Log groups are kept for a month, and stand in the way of the next cluster. */
export async function logs({ stack, region }: SweptCluster): Promise<readonly AwsLeftover[]> {
  const { CloudWatchLogsClient, DescribeLogGroupsCommand } = await import("@aws-sdk/client-cloudwatch-logs");
  const client = new CloudWatchLogsClient(clientOptions(region));
  const names = [`/aws/eks/${clusterName(stack)}/cluster`, `/ed8k/${clusterPartName(stack, "flow-logs")}`];
  const found = await Promise.all(
    names.map((logGroupNamePrefix) => client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix }))),
  );
  return found
    .flatMap(({ logGroups = [] }) => logGroups.map(({ logGroupName = "" }) => logGroupName))
    .filter((name) => names.includes(name))
    .map((name) => ({
      what: `logs log-group ${name}`,
      remove: `aws logs delete-log-group --log-group-name ${name} --region ${region}`,
    }));
}

/** What tells of costs. */
export async function budgets({ stack, account, region }: SweptCluster): Promise<readonly AwsLeftover[]> {
  const { BudgetsClient, DescribeBudgetCommand } = await import("@aws-sdk/client-budgets");
  const BudgetName = clusterPartName(stack, "budget");
  const client = new BudgetsClient(clientOptions(region));
  const found = await present(client.send(new DescribeBudgetCommand({ AccountId: account, BudgetName })));
  const remove = `aws budgets delete-budget --account-id ${account} --budget-name ${BudgetName}`;
  return found ? [{ what: `budgets budget ${BudgetName}`, remove }] : [];
}
