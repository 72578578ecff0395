import type { ClaimType } from "../../services/claims.js";
import type { Driver } from "./driver.js";
import { sharedKafkaTopic } from "./kafka-topic.js";
import { inClusterPostgres } from "./postgres.js";
import { inClusterRedis } from "./redis.js";

/**
 * The driver of each claim type, by its name; `undefined` where claims are validated and shown in the plan but nothing
 * is provisioned. A type without an entry does not compile.
 */
export const DRIVERS: { readonly [T in ClaimType]: { readonly name: string; readonly fulfil: Driver<T> } | undefined } =
  {
    postgres: { name: "in-cluster", fulfil: inClusterPostgres },
    redis: { name: "in-cluster", fulfil: inClusterRedis },
    "kafka-topic": { name: "in-cluster", fulfil: sharedKafkaTopic },
    elasticsearch: undefined,
    mongodb: undefined,
    "sqs-queue": undefined,
    "sns-topic": undefined,
    "s3-bucket": undefined,
    "dynamodb-table": undefined,
  };
