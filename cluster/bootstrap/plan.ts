import { STATE_KEY_ALIAS, stateBucketName } from "../../naming.js";
import { tlsOnlyPolicy } from "../aws/policies/bucket.js";

/** Where stacks are kept: one place for all clusters of an account and region. */
export interface StatePlace {
  readonly account: string;
  readonly region: string;
}

/** What keeps stacks, as it is to be. */
export interface StatePlan extends StatePlace {
  readonly bucket: string;
  /** The key's name; everything refers to the key by it. */
  readonly alias: string;
  readonly aliasArn: string;
  readonly policy: ReturnType<typeof tlsOnlyPolicy>;
  readonly lifecycle: LifecycleRule;
  readonly tags: Readonly<Record<string, string>>;
  /** The two lines that whoever works with the cluster needs. */
  readonly login: string;
  readonly secretsProvider: string;
}

export interface LifecycleRule {
  readonly ID: string;
  readonly oldVersionsDays: number;
  readonly uploadDays: number;
}

/** Days for which a state that was overwritten can be had back. */
const OLD_VERSIONS_DAYS = 90;
/** Days after which parts of an upload that was given up are removed. */
const UPLOAD_DAYS = 7;

/** Decides what keeps the stacks of an account. */
export function planState({ account, region }: StatePlace): StatePlan {
  const bucket = stateBucketName({ account, region });
  return {
    account,
    region,
    bucket,
    alias: STATE_KEY_ALIAS,
    aliasArn: `arn:aws:kms:${region}:${account}:${STATE_KEY_ALIAS}`,
    policy: tlsOnlyPolicy(bucket),
    lifecycle: { ID: "old-versions", oldVersionsDays: OLD_VERSIONS_DAYS, uploadDays: UPLOAD_DAYS },
    tags: { "ed8k:kind": "state" },
    // https://www.pulumi.com/docs/iac/concepts/state-and-backends/#aws-s3
    login: `pulumi login 's3://${bucket}?region=${region}'`,
    // https://www.pulumi.com/docs/iac/concepts/secrets/#aws-key-management-service-kms
    secretsProvider: `awskms:///${STATE_KEY_ALIAS}?region=${region}`,
  };
}
