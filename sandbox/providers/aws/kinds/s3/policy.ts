import { DeleteBucketPolicyCommand, GetBucketPolicyCommand, PutBucketPolicyCommand } from "@aws-sdk/client-s3";
import { bucketPart } from "./bucket-part.js";

/** Who may do what with a bucket. */
export const bucketPolicy = bucketPart({
  type: "aws:s3/bucketPolicy:BucketPolicy",
  input: "policy",
  missing: "NoSuchBucketPolicy",
  get: async (s3, Bucket) => (await s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy,
  put: (s3, Bucket, policy) => s3.send(new PutBucketPolicyCommand({ Bucket, Policy: policy as string })),
  remove: (s3, Bucket) => s3.send(new DeleteBucketPolicyCommand({ Bucket })),
});
