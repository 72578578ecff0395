import {
  DeleteBucketLifecycleCommand,
  type ExpirationStatus,
  GetBucketLifecycleConfigurationCommand,
  type LifecycleRule,
  PutBucketLifecycleConfigurationCommand,
} from "@aws-sdk/client-s3";
import type { Data } from "../../kind.js";
import { given, refuseUnknown } from "../known.js";
import { bucketPart } from "./bucket-part.js";

interface Rule {
  readonly id: string;
  readonly status: ExpirationStatus;
  readonly filter?: { readonly prefix?: string };
  readonly expiration?: { readonly days?: number };
  readonly noncurrentVersionExpiration?: { readonly noncurrentDays?: number };
  readonly abortIncompleteMultipartUpload?: { readonly daysAfterInitiation?: number };
}

/** When what is in a bucket goes by itself. */
export const bucketLifecycle = bucketPart({
  type: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  input: "rules",
  missing: "NoSuchLifecycleConfiguration",
  get: async (s3, Bucket) =>
    ((await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))).Rules ?? []).map(fromRule),
  put: (s3, Bucket, rules) => {
    const LifecycleConfiguration = { Rules: (rules as readonly Rule[]).map(toRule) };
    return s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration }));
  },
  remove: (s3, Bucket) => s3.send(new DeleteBucketLifecycleCommand({ Bucket })),
});

/** Fields of a rule, and of what is in it. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  filter: ["prefix"],
  expiration: ["days"],
  noncurrentVersionExpiration: ["noncurrentDays"],
  abortIncompleteMultipartUpload: ["daysAfterInitiation"],
};

function toRule(rule: Rule): LifecycleRule {
  refuseUnknown("rules", rule, ["id", "status", ...Object.keys(FIELDS)]);
  for (const [field, known] of Object.entries(FIELDS)) {
    refuseUnknown(`rules.${field}`, (rule as unknown as Data)[field], known);
  }
  const { expiration, noncurrentVersionExpiration: noncurrent, abortIncompleteMultipartUpload: abort } = rule;
  return given({
    ID: rule.id,
    Status: rule.status,
    // Without a filter a rule is for all; AWS wants that said.
    Filter: { Prefix: rule.filter?.prefix ?? "" },
    Expiration: expiration && given({ Days: expiration.days }),
    NoncurrentVersionExpiration: noncurrent && given({ NoncurrentDays: noncurrent.noncurrentDays }),
    AbortIncompleteMultipartUpload: abort && given({ DaysAfterInitiation: abort.daysAfterInitiation }),
  });
}

function fromRule(rule: LifecycleRule): Data {
  const { Expiration, NoncurrentVersionExpiration: noncurrent, AbortIncompleteMultipartUpload: abort } = rule;
  return given({
    id: rule.ID,
    status: rule.Status,
    filter: given({ prefix: rule.Filter?.Prefix }),
    expiration: Expiration && given({ days: Expiration.Days }),
    noncurrentVersionExpiration: noncurrent && given({ noncurrentDays: noncurrent.NoncurrentDays }),
    abortIncompleteMultipartUpload: abort && given({ daysAfterInitiation: abort.DaysAfterInitiation }),
  });
}
