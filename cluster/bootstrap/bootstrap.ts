import type { KMSClient } from "@aws-sdk/client-kms";
import type { S3Client } from "@aws-sdk/client-s3";
import { explainAws } from "../../ed8kctl/aws/refusals.js";
import { bucketParts } from "./bucket-parts.js";
import { keyParts } from "./key-parts.js";
import { bringAbout, type PartResult } from "./part.js";
import type { StatePlan } from "./plan.js";

/** What bootstrapping talks to. */
export interface BootstrapClients {
  readonly kms: Pick<KMSClient, "send">;
  readonly s3: Pick<S3Client, "send">;
}

export interface BootstrapOptions {
  /** False: only look. */
  readonly make: boolean;
  readonly report: (result: PartResult) => void;
}

/**
 * Makes what keeps stacks, before there is any: a bucket, and the key that encrypts what is secret in them. What is there
 * already stays; so it can be done again, after an interruption too.
 * @throws UserError in ED8K's words when AWS refuses
 */
export async function bootstrap(
  plan: StatePlan,
  { kms, s3 }: BootstrapClients,
  options: BootstrapOptions,
): Promise<readonly PartResult[]> {
  try {
    // The key first: the bucket is encrypted with it.
    return await bringAbout([...keyParts(kms, plan), ...bucketParts(s3, plan)], options);
  } catch (error) {
    throw explainAws(error, `the place for stacks in account ${plan.account}`);
  }
}
