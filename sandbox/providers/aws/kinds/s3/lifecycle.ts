import {
  DeleteBucketLifecycleCommand,
  type ExpirationStatus,
  GetBucketLifecycleConfigurationCommand,
  type LifecycleRule,
  PutBucketLifecycleConfigurationCommand,
} from "@aws-sdk/client-s3";
import type { AwsClients } from "../../clients.js";
import type { AwsKind, Data } from "../../kind.js";
import { unless } from "../../wait.js";
import { given, refuseUnknown } from "../known.js";
import { NO_BUCKET } from "./bucket.js";

interface Rule {
  readonly id: string;
  readonly status: ExpirationStatus;
  readonly filter?: { readonly prefix?: string };
  readonly expiration?: { readonly days?: number };
  readonly noncurrentVersionExpiration?: { readonly noncurrentDays?: number };
  readonly abortIncompleteMultipartUpload?: { readonly daysAfterInitiation?: number };
}
interface Inputs {
  readonly bucket: string;
  readonly rules: readonly Rule[];
}

const GONE = [...NO_BUCKET, "NoSuchLifecycleConfiguration"];

/** When what is in a bucket goes by itself. */
export const bucketLifecycle: AwsKind = {
  type: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  inputs: { bucket: "replace", rules: "update" },
  required: ["bucket", "rules"],
  computed: [],
  create: async (inputs, clients) => {
    await put(inputs, clients);
    return (inputs as unknown as Inputs).bucket;
  },
  read: async (Bucket, clients) => {
    const s3 = await clients.s3();
    const found = await unless(GONE, () => s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket })));
    return found && { bucket: Bucket, rules: (found.Rules ?? []).map(fromRule) };
  },
  update: (_id, { inputs }, clients) => put(inputs, clients),
  delete: async (Bucket, clients) => {
    const s3 = await clients.s3();
    await unless(GONE, () => s3.send(new DeleteBucketLifecycleCommand({ Bucket })));
  },
};

async function put(inputs: Data, clients: AwsClients): Promise<void> {
  const { bucket: Bucket, rules } = inputs as unknown as Inputs;
  const LifecycleConfiguration = { Rules: rules.map(toRule) };
  await (await clients.s3()).send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration }));
}

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
