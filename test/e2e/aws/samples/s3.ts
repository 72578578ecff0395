import type { MadeBy, Sample } from "../sample.js";

const bucket = (made: MadeBy) => made("bucket").id;
const OTHER = { inputs: () => ({ bucket: "ed8k-sample-other" }), expect: "replace" } as const;

const policy = (action: string) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Deny",
        Principal: "*",
        Action: action,
        Resource: ["arn:aws:s3:::ed8k-sample-datasets", "arn:aws:s3:::ed8k-sample-datasets/*"],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  });

const encrypted = (sseAlgorithm: string, bucketKeyEnabled: boolean) => ({
  rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm }, bucketKeyEnabled }],
});

const expires = (days: number) => ({
  rules: [
    {
      id: "old",
      status: "Enabled",
      filter: { prefix: "dumps/" },
      expiration: { days },
      noncurrentVersionExpiration: { noncurrentDays: 30 },
      abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
    },
  ],
});

export const samples: readonly Sample[] = [
  {
    name: "bucket",
    type: "aws:s3/bucket:Bucket",
    inputs: () => ({
      bucket: "ed8k-sample-datasets",
      forceDestroy: false,
      tags: { "ed8k:cluster": "dev", Name: "sample" },
    }),
    changes: [
      { inputs: () => ({ tags: { Name: "other", "ed8k:kind": "cluster" } }), expect: "update" },
      { inputs: () => ({ tags: undefined }), expect: "update" },
      { inputs: () => ({ forceDestroy: true }), expect: "update" },
      OTHER,
    ],
  },
  {
    name: "public-access",
    type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    inputs: (made) => ({
      bucket: bucket(made),
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    }),
    changes: [{ inputs: () => ({ restrictPublicBuckets: false }), expect: "update" }, OTHER],
  },
  {
    name: "encryption",
    type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    inputs: (made) => ({ bucket: bucket(made), ...encrypted("aws:kms", true) }),
    changes: [{ inputs: () => encrypted("AES256", false), expect: "update" }, OTHER],
    // Without it a bucket is encrypted by S3's own key.
    goes: false,
  },
  {
    name: "versioning",
    type: "aws:s3/bucketVersioning:BucketVersioning",
    inputs: (made) => ({ bucket: bucket(made), versioningConfiguration: { status: "Enabled" } }),
    changes: [{ inputs: () => ({ versioningConfiguration: { status: "Suspended" } }), expect: "update" }, OTHER],
    goes: false,
  },
  {
    name: "lifecycle",
    type: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    inputs: (made) => ({ bucket: bucket(made), ...expires(90) }),
    changes: [{ inputs: () => expires(30), expect: "update" }, OTHER],
  },
  {
    name: "bucket-policy",
    type: "aws:s3/bucketPolicy:BucketPolicy",
    inputs: (made) => ({ bucket: bucket(made), policy: policy("s3:*") }),
    changes: [{ inputs: () => ({ policy: policy("s3:GetObject") }), expect: "update" }, OTHER],
  },
];
