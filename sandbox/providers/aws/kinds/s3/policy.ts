import { DeleteBucketPolicyCommand, GetBucketPolicyCommand, PutBucketPolicyCommand } from "@aws-sdk/client-s3";
import type { AwsClients } from "../../clients.js";
import type { AwsKind, Data } from "../../kind.js";
import { unless } from "../../wait.js";
import { NO_BUCKET } from "./bucket.js";

interface Inputs {
  readonly bucket: string;
  readonly policy: string;
}

const GONE = [...NO_BUCKET, "NoSuchBucketPolicy"];

/** Who may do what with a bucket. */
export const bucketPolicy: AwsKind = {
  type: "aws:s3/bucketPolicy:BucketPolicy",
  inputs: { bucket: "replace", policy: "update" },
  required: ["bucket", "policy"],
  computed: [],
  create: async (inputs, clients) => {
    await put(inputs, clients);
    return (inputs as unknown as Inputs).bucket;
  },
  read: async (Bucket, clients) => {
    const s3 = await clients.s3();
    const found = await unless(GONE, () => s3.send(new GetBucketPolicyCommand({ Bucket })));
    return found && { bucket: Bucket, policy: found.Policy };
  },
  update: (_id, { inputs }, clients) => put(inputs, clients),
  delete: async (Bucket, clients) => {
    const s3 = await clients.s3();
    await unless(GONE, () => s3.send(new DeleteBucketPolicyCommand({ Bucket })));
  },
};

async function put(inputs: Data, clients: AwsClients): Promise<void> {
  const { bucket: Bucket, policy: Policy } = inputs as unknown as Inputs;
  await (await clients.s3()).send(new PutBucketPolicyCommand({ Bucket, Policy }));
}
