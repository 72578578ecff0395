import {
  DeletePublicAccessBlockCommand,
  GetPublicAccessBlockCommand,
  PutPublicAccessBlockCommand,
} from "@aws-sdk/client-s3";
import type { AwsClients } from "../../clients.js";
import type { AwsKind, Data } from "../../kind.js";
import { unless } from "../../wait.js";
import { NO_BUCKET } from "./bucket.js";

interface Inputs {
  readonly bucket: string;
  readonly blockPublicAcls?: boolean;
  readonly blockPublicPolicy?: boolean;
  readonly ignorePublicAcls?: boolean;
  readonly restrictPublicBuckets?: boolean;
}

const GONE = [...NO_BUCKET, "NoSuchPublicAccessBlockConfiguration"];

/** Keeps a bucket from ever being public. */
export const bucketPublicAccessBlock: AwsKind = {
  type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
  inputs: {
    bucket: "replace",
    blockPublicAcls: "update",
    blockPublicPolicy: "update",
    ignorePublicAcls: "update",
    restrictPublicBuckets: "update",
  },
  required: ["bucket"],
  defaults: {
    blockPublicAcls: false,
    blockPublicPolicy: false,
    ignorePublicAcls: false,
    restrictPublicBuckets: false,
  },
  computed: [],
  create: async (inputs, clients) => {
    await put(inputs, clients);
    return (inputs as unknown as Inputs).bucket;
  },
  read: async (Bucket, clients) => {
    const s3 = await clients.s3();
    const found = await unless(GONE, () => s3.send(new GetPublicAccessBlockCommand({ Bucket })));
    if (found === undefined) return undefined;
    const { PublicAccessBlockConfiguration: block = {} } = found;
    return {
      bucket: Bucket,
      blockPublicAcls: block.BlockPublicAcls ?? false,
      blockPublicPolicy: block.BlockPublicPolicy ?? false,
      ignorePublicAcls: block.IgnorePublicAcls ?? false,
      restrictPublicBuckets: block.RestrictPublicBuckets ?? false,
    };
  },
  update: (_id, { inputs }, clients) => put(inputs, clients),
  delete: async (Bucket, clients) => {
    const s3 = await clients.s3();
    await unless(GONE, () => s3.send(new DeletePublicAccessBlockCommand({ Bucket })));
  },
};

async function put(inputs: Data, clients: AwsClients): Promise<void> {
  const { bucket: Bucket, ...blocked } = inputs as unknown as Inputs;
  const command = new PutPublicAccessBlockCommand({
    Bucket,
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: blocked.blockPublicAcls,
      BlockPublicPolicy: blocked.blockPublicPolicy,
      IgnorePublicAcls: blocked.ignorePublicAcls,
      RestrictPublicBuckets: blocked.restrictPublicBuckets,
    },
  });
  await (await clients.s3()).send(command);
}
