/** The claim types of the proposal: every kind of resource that a service may ask for. */
export const CLAIM_TYPES = [
  "postgres",
  "redis",
  "elasticsearch",
  "mongodb",
  "kafka-topic",
  "sqs-queue",
  "sns-topic",
  "s3-bucket",
  "dynamodb-table",
] as const;
export type ClaimType = (typeof CLAIM_TYPES)[number];
