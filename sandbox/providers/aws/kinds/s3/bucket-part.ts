import type { S3Client } from "@aws-sdk/client-s3";
import type { AwsKind, Data } from "../../kind.js";
import { unless } from "../../wait.js";
import { NO_BUCKET } from "./bucket.js";

/** How a setting of a bucket, which is a resource of its own, is looked at, put there and taken away. */
export interface BucketPart {
  readonly type: string;
  /** Its one input beside `bucket`. */
  readonly input: string;
  /** AWS' word for a bucket without it. */
  readonly missing: string;
  /** Gives the input as it is on AWS. */
  readonly get: (s3: S3Client, bucket: string) => Promise<unknown>;
  readonly put: (s3: S3Client, bucket: string, value: unknown) => Promise<unknown>;
  readonly remove: (s3: S3Client, bucket: string) => Promise<unknown>;
}

/** The kind of such a setting: its id is the bucket's name. */
export function bucketPart({ type, input, missing, get, put, remove }: BucketPart): AwsKind {
  const gone = [...NO_BUCKET, missing];
  const write = async (inputs: Data, s3: S3Client): Promise<string> => {
    const bucket = inputs["bucket"] as string;
    await put(s3, bucket, inputs[input]);
    return bucket;
  };
  return {
    type,
    inputs: { bucket: "replace", [input]: "update" },
    required: ["bucket", input],
    computed: [],
    create: async (inputs, clients) => write(inputs, await clients.s3()),
    read: async (bucket, clients) => {
      const s3 = await clients.s3();
      const found = await unless(gone, async () => ({ value: await get(s3, bucket) }));
      return found && { bucket, [input]: found.value };
    },
    update: async (_id, { inputs }, clients) => {
      await write(inputs, await clients.s3());
    },
    delete: async (bucket, clients) => {
      const s3 = await clients.s3();
      await unless(gone, () => remove(s3, bucket));
    },
  };
}
