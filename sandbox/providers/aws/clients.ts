import type { BudgetsClient } from "@aws-sdk/client-budgets";
import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import type { EC2Client } from "@aws-sdk/client-ec2";
import type { ECRClient } from "@aws-sdk/client-ecr";
import type { EKSClient } from "@aws-sdk/client-eks";
import type { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import type { IAMClient } from "@aws-sdk/client-iam";
import type { KafkaClient } from "@aws-sdk/client-kafka";
import type { KMSClient } from "@aws-sdk/client-kms";
import type { S3Client } from "@aws-sdk/client-s3";
import type { SQSClient } from "@aws-sdk/client-sqs";
import type { STSClient } from "@aws-sdk/client-sts";

/** One client per service; each is made, and its package loaded, when it is first asked for. */
export interface AwsClients {
  readonly region: string;
  /** Aborts when the engine cancels: waits end by it (`wait.ts`). */
  readonly signal: AbortSignal;
  /** The account that the credentials belong to. */
  account(): Promise<string>;
  budgets(): Promise<BudgetsClient>;
  ec2(): Promise<EC2Client>;
  ecr(): Promise<ECRClient>;
  eks(): Promise<EKSClient>;
  events(): Promise<EventBridgeClient>;
  iam(): Promise<IAMClient>;
  kafka(): Promise<KafkaClient>;
  kms(): Promise<KMSClient>;
  logs(): Promise<CloudWatchLogsClient>;
  s3(): Promise<S3Client>;
  sqs(): Promise<SQSClient>;
  sts(): Promise<STSClient>;
}
