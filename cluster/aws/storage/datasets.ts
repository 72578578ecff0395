import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { clusterBucketName } from "../../../naming.js";
import type { AwsPlan } from "../plan/plan.js";
import { clusterTags } from "../plan/tags.js";
import { tlsOnlyPolicy } from "../policies/bucket.js";

export interface DatasetsArgs {
  readonly plan: AwsPlan;
  readonly account: string;
  readonly keyArn: pulumi.Input<string>;
}

/** Days for which a dump that was replaced or removed can be had back. */
const OLD_VERSIONS_DAYS = 30;
/** Days after which parts of an upload that was given up are removed. */
const UPLOAD_DAYS = 7;

/** The bucket of dumps that environments' databases are loaded with. */
export class Datasets extends pulumi.ComponentResource {
  readonly bucket: pulumi.Output<string>;

  constructor(name: string, { plan, account, keyArn }: DatasetsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ed8k:aws:Datasets", name, {}, opts);
    const { settings } = plan;
    const bucketName = clusterBucketName(settings.name, "datasets", { account, region: settings.aws.region });
    const bucket = new aws.s3.Bucket(
      "datasets",
      // Protected from a destroy; once that is lifted it goes with what is in it.
      { bucket: bucketName, forceDestroy: true, tags: clusterTags(settings) },
      { parent: this, protect: true },
    );
    closeBucket(bucket.id, { bucketName, keyArn }, { parent: this });
    keepOldVersions(bucket.id, { parent: this });
    this.bucket = bucket.bucket;
    this.registerOutputs({});
  }
}

function closeBucket(
  bucket: pulumi.Input<string>,
  { bucketName, keyArn }: { readonly bucketName: string; readonly keyArn: pulumi.Input<string> },
  opts: pulumi.CustomResourceOptions,
): void {
  const closed = new aws.s3.BucketPublicAccessBlock(
    "datasets",
    { bucket, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
    opts,
  );
  new aws.s3.BucketServerSideEncryptionConfiguration(
    "datasets",
    {
      bucket,
      rules: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn },
          // One call of KMS for many objects.
          bucketKeyEnabled: true,
        },
      ],
    },
    opts,
  );
  new aws.s3.BucketPolicy(
    "datasets",
    { bucket, policy: JSON.stringify(tlsOnlyPolicy(bucketName)) },
    // S3 refuses two of these changes at once.
    { ...opts, dependsOn: [closed] },
  );
}

function keepOldVersions(bucket: pulumi.Input<string>, opts: pulumi.CustomResourceOptions): void {
  const versioning = new aws.s3.BucketVersioning(
    "datasets",
    { bucket, versioningConfiguration: { status: "Enabled" } },
    opts,
  );
  new aws.s3.BucketLifecycleConfiguration(
    "datasets",
    {
      bucket,
      rules: [
        {
          id: "old-versions",
          status: "Enabled",
          filter: { prefix: "" },
          noncurrentVersionExpiration: { noncurrentDays: OLD_VERSIONS_DAYS },
          abortIncompleteMultipartUpload: { daysAfterInitiation: UPLOAD_DAYS },
        },
      ],
    },
    { ...opts, dependsOn: [versioning] },
  );
}
