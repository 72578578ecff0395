import {
  DeleteBucketEncryptionCommand,
  GetBucketEncryptionCommand,
  PutBucketEncryptionCommand,
  type ServerSideEncryption,
  type ServerSideEncryptionRule,
} from "@aws-sdk/client-s3";
import type { Data } from "../../kind.js";
import { given, refuseUnknown } from "../known.js";
import { bucketPart } from "./bucket-part.js";

interface Rule {
  readonly applyServerSideEncryptionByDefault?: {
    readonly sseAlgorithm: ServerSideEncryption;
    readonly kmsMasterKeyId?: string;
  };
  readonly bucketKeyEnabled?: boolean;
}

/** How what is put into a bucket is encrypted. */
export const bucketEncryption = bucketPart({
  type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  input: "rules",
  missing: "ServerSideEncryptionConfigurationNotFoundError",
  get: async (s3, Bucket) => {
    const found = await s3.send(new GetBucketEncryptionCommand({ Bucket }));
    return (found.ServerSideEncryptionConfiguration?.Rules ?? []).map(fromRule);
  },
  put: (s3, Bucket, rules) => {
    const ServerSideEncryptionConfiguration = { Rules: (rules as readonly Rule[]).map(toRule) };
    return s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration }));
  },
  remove: (s3, Bucket) => s3.send(new DeleteBucketEncryptionCommand({ Bucket })),
});

function toRule(rule: Rule): ServerSideEncryptionRule {
  const { applyServerSideEncryptionByDefault: byDefault, bucketKeyEnabled } = rule;
  refuseUnknown("rules", rule, ["applyServerSideEncryptionByDefault", "bucketKeyEnabled"]);
  refuseUnknown("rules.applyServerSideEncryptionByDefault", byDefault, ["sseAlgorithm", "kmsMasterKeyId"]);
  return given({
    BucketKeyEnabled: bucketKeyEnabled,
    ApplyServerSideEncryptionByDefault: byDefault && {
      SSEAlgorithm: byDefault.sseAlgorithm,
      ...given({ KMSMasterKeyID: byDefault.kmsMasterKeyId }),
    },
  });
}

function fromRule({ ApplyServerSideEncryptionByDefault: byDefault, BucketKeyEnabled }: ServerSideEncryptionRule): Data {
  return given({
    bucketKeyEnabled: BucketKeyEnabled,
    applyServerSideEncryptionByDefault:
      byDefault && given({ sseAlgorithm: byDefault.SSEAlgorithm, kmsMasterKeyId: byDefault.KMSMasterKeyID }),
  });
}
