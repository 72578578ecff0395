import { z } from "zod";

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

/** What a claim's outputs are called; every driver of a type gives exactly these, so definitions outlive drivers. */
export const OUTPUTS = {
  postgres: ["host", "port", "name", "username", "password"],
  redis: ["host", "port"],
  elasticsearch: ["url"],
  mongodb: ["url"],
  "kafka-topic": ["name", "bootstrap", "groupPrefix"],
  "sqs-queue": ["url", "arn", "name", "region", "endpoint"],
  "sns-topic": ["arn", "name", "region", "endpoint"],
  "s3-bucket": ["name", "region", "endpoint"],
  "dynamodb-table": ["name", "region", "endpoint"],
} as const satisfies Record<ClaimType, readonly string[]>;

const size = z.enum(["s", "m", "l"]).default("s").describe("How much CPU, memory and storage it has");
const fifo = z.boolean().default(false).describe("Keeps the order of messages and delivers each once");
const attribute = z.strictObject({
  name: z.string().min(1).max(255),
  type: z.enum(["S", "N", "B"]).describe("String, number or binary"),
});
const topicReference = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*$/,
    "is no reference to a topic: it is <service>/<claim>, such as ledger/events",
  );

/** The params of each claim type. A new type without an entry does not compile. */
export const PARAMS = {
  postgres: z.strictObject({
    version: z.enum(["15", "16", "17", "18"]).default("17").describe("Major version of PostgreSQL"),
    size,
    datasets: z
      .record(z.string(), z.string())
      .default({})
      .describe("What it is loaded with, by flavour of environment; `default` serves the others"),
  }),
  redis: z.strictObject({ version: z.enum(["7", "8"]).default("8").describe("Major version of Valkey") }),
  elasticsearch: z.strictObject({ version: z.enum(["8", "9"]).default("9"), size }),
  mongodb: z.strictObject({ version: z.enum(["7", "8"]).default("8"), size }),
  "kafka-topic": z.strictObject({
    partitions: z.int().min(1).max(30).default(1).describe("Each counts against the cluster's partition budget"),
    config: z.record(z.string(), z.string()).default({}).describe("Topic configuration, such as cleanup.policy"),
  }),
  "sqs-queue": z.strictObject({
    fifo,
    /** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html */
    visibilityTimeoutSeconds: z.int().min(0).max(43_200).default(30),
    deadLetter: z
      .strictObject({ maxReceives: z.int().min(1).max(1000) })
      .optional()
      .describe("Messages received more often go to a queue of their own"),
    subscribe: z
      .array(z.strictObject({ topic: topicReference, filter: z.record(z.string(), z.array(z.json())).optional() }))
      .default([])
      .describe("SNS topics that deliver to the queue"),
  }),
  "sns-topic": z.strictObject({ fifo }),
  "s3-bucket": z.strictObject({}),
  "dynamodb-table": z.strictObject({
    hashKey: attribute,
    rangeKey: attribute.optional(),
    ttl: z
      .string()
      .min(1)
      .max(255)
      .optional()
      .describe("Attribute with the time, in seconds, at which an item expires"),
  }),
} as const satisfies Record<ClaimType, z.ZodType>;

/** A claim's params with all defaults filled in. */
export type ClaimParams<T extends ClaimType = ClaimType> = z.output<(typeof PARAMS)[T]>;

/** A claim as a service's definition holds it: type and params belong together. */
export type ResourceClaim = {
  readonly [T in ClaimType]: { readonly type: T; readonly params: ClaimParams<T> };
}[ClaimType];
