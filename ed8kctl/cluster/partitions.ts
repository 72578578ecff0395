import type { KafkaClient } from "@aws-sdk/client-kafka";
import { clientOptions } from "../aws/client-options.js";
import { explainAws } from "../aws/refusals.js";
import type { AwsFacts } from "./facts.js";

/** Replicas of partitions on the shared Kafka: what brokers carry well, whatever their size in bytes. */
export interface PartitionUse {
  readonly budget: number;
  readonly used: number;
  /** 0 where more is used than there should be. */
  readonly left: number;
}

/** From this share of the budget on, it is time for more brokers. */
const NEARLY = 0.9;

/**
 * Counts the partitions of all topics, by MSK's own API: the brokers need not be reached.
 * https://docs.aws.amazon.com/msk/latest/developerguide/msk-topic-operations-information.html
 * @throws UserError when AWS does not say
 */
export async function readPartitions(
  { mskCluster, partitionBudget: budget, region }: Pick<AwsFacts, "mskCluster" | "partitionBudget" | "region">,
  client?: Pick<KafkaClient, "send">,
): Promise<PartitionUse> {
  const { KafkaClient: Client, ListTopicsCommand } = await import("@aws-sdk/client-kafka");
  const kafka = client ?? new Client(clientOptions(region));
  let used = 0;
  try {
    for (let NextToken: string | undefined; ;) {
      const page = NextToken === undefined ? {} : { NextToken };
      const { Topics = [], ...more } = await kafka.send(new ListTopicsCommand({ ClusterArn: mskCluster, ...page }));
      for (const { PartitionCount = 0, ReplicationFactor = 0 } of Topics) used += PartitionCount * ReplicationFactor;
      if (more.NextToken === undefined) break;
      NextToken = more.NextToken;
    }
  } catch (error) {
    throw explainAws(error, "the topics of the shared Kafka");
  }
  return { budget, used, left: Math.max(0, budget - used) };
}

/** True when it is time for more brokers. */
export function isNearlyUsed({ budget, used }: PartitionUse): boolean {
  return used >= NEARLY * budget;
}
