import { policyDocument, type Place, type PolicyDocument } from "./document.js";

export interface EnvironmentsPolicyArgs extends Place {
  /** Name of the MSK cluster. */
  readonly kafka: string;
}

/**
 * The most that any environment's pods may do: work with data in things that carry an environment's name, in this
 * account and region. Each environment's association narrows it to its own names by a session policy. Nothing here makes
 * or removes a queue, topic, bucket or table: stacks do that, as whoever runs them.
 */
export function environmentsPolicy({ account, region, kafka }: EnvironmentsPolicyArgs): PolicyDocument {
  const own = (service: string, name: string): string => `arn:aws:${service}:${region}:${account}:${name}`;
  return policyDocument([
    {
      Sid: "Queues",
      Effect: "Allow",
      Action: [
        ...["SendMessage", "ReceiveMessage", "DeleteMessage", "ChangeMessageVisibility", "PurgeQueue"],
        ...["GetQueueUrl", "GetQueueAttributes"],
      ].map((action) => `sqs:${action}`),
      Resource: [own("sqs", "*--*")],
    },
    {
      Sid: "SnsTopics",
      Effect: "Allow",
      Action: ["sns:Publish", "sns:GetTopicAttributes", "sns:ListSubscriptionsByTopic"],
      Resource: [own("sns", "*--*")],
    },
    {
      Sid: "Buckets",
      Effect: "Allow",
      Action: [
        ...["GetObject", "PutObject", "DeleteObject", "AbortMultipartUpload", "ListMultipartUploadParts"],
        ...["ListBucket", "ListBucketMultipartUploads", "GetBucketLocation"],
      ].map((action) => `s3:${action}`),
      Resource: ["arn:aws:s3:::*--*"],
      // A bucket's ARN names no account.
      Condition: { StringEquals: { "aws:ResourceAccount": account } },
    },
    {
      Sid: "Tables",
      Effect: "Allow",
      Action: [
        ...["GetItem", "BatchGetItem", "Query", "Scan", "ConditionCheckItem", "DescribeTable", "DescribeTimeToLive"],
        ...["PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem"],
        ...["DescribeStream", "GetRecords", "GetShardIterator", "ListStreams"],
      ].map((action) => `dynamodb:${action}`),
      // Indexes and streams are below the table.
      Resource: [own("dynamodb", "table/*--*")],
    },
    {
      Sid: "Kafka",
      Effect: "Allow",
      Action: ["kafka-cluster:Connect", "kafka-cluster:DescribeCluster", "kafka-cluster:WriteDataIdempotently"],
      Resource: [own("kafka", `cluster/${kafka}/*`)],
    },
    {
      Sid: "KafkaTopics",
      Effect: "Allow",
      Action: [
        ...["DescribeTopic", "ReadData", "WriteData", "DescribeGroup", "AlterGroup"],
        ...["DescribeTransactionalId", "AlterTransactionalId"],
      ].map((action) => `kafka-cluster:${action}`),
      Resource: ["topic", "group", "transactional-id"].map((kind) => own("kafka", `${kind}/${kafka}/*/*.*`)),
    },
  ]);
}
