import {
  DeleteBucketEncryptionCommand,
  GetBucketEncryptionCommand,
  PutBucketEncryptionCommand,
  type ServerSideEncryption,
  type ServerSideEncryptionRule,
} from "@aws-sdk/client-s3";
import type { AwsClients } from "../../clients.js";
import type { AwsKind, Data } from "../../kind.js";
import { unless } from "../../wait.js";
import { given, refuseUnknown } from "../known.js";
import { NO_BUCKET } from "./bucket.js";

interface Rule {
  readonly applyServerSideEncryptionByDefault?: {
    readonly sseAlgorithm: ServerSideEncryption;
    readonly kmsMasterKeyId?: string;
  };
  readonly bucketKeyEnabled?: boolean;
}
interface Inputs {
  readonly bucket: string;
  readonly rules: readonly Rule[];
}

const GONE = [...NO_BUCKET, "ServerSideEncryptionConfigurationNotFoundError"];

/** How what is put into a bucket is encrypted. */
export const bucketEncryption: AwsKind = {
  type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  inputs: { bucket: "replace", rules: "update" },
  required: ["bucket", "rules"],
  computed: [],
  create: async (inputs, clients) => {
    await put(inputs, clients);
    return (inputs as unknown as Inputs).bucket;
  },
  read: async (Bucket, clients) => {
    const s3 = await clients.s3();
    const found = await unless(GONE, () => s3.send(new GetBucketEncryptionCommand({ Bucket })));
    if (found === undefined) return undefined;
    const { ServerSideEncryptionConfiguration: configuration } = found;
    return { bucket: Bucket, rules: (configuration?.Rules ?? []).map(fromRule) };
  },
  update: (_id, { inputs }, clients) => put(inputs, clients),
  delete: async (Bucket, clients) => {
    const s3 = await clients.s3();
    await unless(GONE, () => s3.send(new DeleteBucketEncryptionCommand({ Bucket })));
  },
};

async function put(inputs: Data, clients: AwsClients): Promise<void> {
  const { bucket: Bucket, rules } = inputs as unknown as Inputs;
  const configuration = { Rules: rules.map(toRule) };
  const command = new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: configuration });
  await (await clients.s3()).send(command);
}

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
