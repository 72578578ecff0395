import {
  CreateBucketCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  type BucketLocationConstraint,
  type LifecycleRule,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { isDeepStrictEqual } from "node:util";
import { isMissing, statusOf } from "../../ed8kctl/aws/refusals.js";
import { UserError } from "../../errors.js";
import type { Json } from "../../kube/manifest.js";
import { asList, at, isJsonObject } from "../../kube/object.js";
import type { BootstrapPart } from "./part.js";
import type { StatePlan } from "./plan.js";

type S3 = Pick<S3Client, "send">;

/** The bucket that keeps stacks: versioned, encrypted, private and reached by TLS only. What others have set stays. */
export function bucketParts(s3: S3, plan: StatePlan): readonly BootstrapPart[] {
  return [
    bucketItself(s3, plan),
    privacy(s3, plan),
    encryption(s3, plan),
    versioning(s3, plan),
    transport(s3, plan),
    lifecycle(s3, plan),
    tagging(s3, plan),
  ];
}

function bucketItself(s3: S3, { bucket: Bucket, region }: StatePlan): BootstrapPart {
  return {
    what: `S3 bucket ${Bucket}`,
    isDone: () => found(isBucketThere(s3, Bucket)).then((there) => there === true),
    async make() {
      // https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html: the first region cannot be named.
      const configuration =
        region === "us-east-1"
          ? {}
          : { CreateBucketConfiguration: { LocationConstraint: region as BucketLocationConstraint } };
      await s3.send(new CreateBucketCommand({ Bucket, ...configuration }));
    },
  };
}

async function isBucketThere(s3: S3, Bucket: string): Promise<true> {
  try {
    await s3.send(new HeadBucketCommand({ Bucket }));
    return true;
  } catch (error) {
    if (statusOf(error) !== 403) throw error;
    throw new UserError(
      `the S3 bucket ${Bucket} is there, and not yours to look at: you lack rights, or it is somebody else's`,
      {
        hint: "docs/cluster.md lists the permissions that this needs",
        cause: error,
      },
    );
  }
}

const PRIVATE = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true };

function privacy(s3: S3, { bucket: Bucket }: StatePlan): BootstrapPart {
  return {
    what: "nothing in it can be made public",
    async isDone() {
      const answer = await found(s3.send(new GetPublicAccessBlockCommand({ Bucket })));
      return isDeepStrictEqual({ ...answer?.PublicAccessBlockConfiguration }, PRIVATE);
    },
    async make() {
      await s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: PRIVATE }));
    },
  };
}

function encryption(s3: S3, { bucket: Bucket, aliasArn }: StatePlan): BootstrapPart {
  return {
    what: "it is encrypted with the key",
    async isDone() {
      const answer = await found(s3.send(new GetBucketEncryptionCommand({ Bucket })));
      const [rule] = answer?.ServerSideEncryptionConfiguration?.Rules ?? [];
      return rule?.ApplyServerSideEncryptionByDefault?.KMSMasterKeyID === aliasArn;
    },
    async make() {
      const rule = {
        ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms" as const, KMSMasterKeyID: aliasArn },
        // One call of KMS for many objects.
        BucketKeyEnabled: true,
      };
      const ServerSideEncryptionConfiguration = { Rules: [rule] };
      await s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration }));
    },
  };
}

function versioning(s3: S3, { bucket: Bucket }: StatePlan): BootstrapPart {
  return {
    what: "it keeps versions",
    async isDone() {
      return (await found(s3.send(new GetBucketVersioningCommand({ Bucket }))))?.Status === "Enabled";
    },
    async make() {
      await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
    },
  };
}

function transport(s3: S3, { bucket: Bucket, policy }: StatePlan): BootstrapPart {
  const current = async (): Promise<readonly Json[]> => {
    const { Policy = "{}" } = (await found(s3.send(new GetBucketPolicyCommand({ Bucket })))) ?? {};
    return asList(at(JSON.parse(Policy) as Json, "Statement"));
  };
  return {
    what: "it is reached by TLS only",
    async isDone() {
      const there = (await current()).filter(isJsonObject).map(compact);
      return policy.Statement.every((own) => there.some((one) => isDeepStrictEqual(one, compact(own))));
    },
    async make() {
      const ours = new Set<Json | undefined>(policy.Statement.map(({ Sid }) => Sid));
      const kept = (await current()).filter((one) => !ours.has(at(one, "Sid")));
      const Policy = JSON.stringify({ ...policy, Statement: [...kept, ...policy.Statement] });
      await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    },
  };
}

/** S3 gives lists of one back as what is in them. */
function compact(statement: object): object {
  return Object.fromEntries(
    Object.entries(statement).map(([key, value]: [string, unknown]) => [
      key,
      Array.isArray(value) && value.length === 1 ? (value[0] as unknown) : value,
    ]),
  );
}

function lifecycle(
  s3: S3,
  { bucket: Bucket, lifecycle: { ID, oldVersionsDays, uploadDays } }: StatePlan,
): BootstrapPart {
  const rule: LifecycleRule = {
    ID,
    Status: "Enabled",
    Filter: { Prefix: "" },
    NoncurrentVersionExpiration: { NoncurrentDays: oldVersionsDays },
    AbortIncompleteMultipartUpload: { DaysAfterInitiation: uploadDays },
  };
  const rules = async (): Promise<readonly LifecycleRule[]> =>
    (await found(s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))))?.Rules ?? [];
  return {
    what: `old versions go after ${oldVersionsDays} days`,
    async isDone() {
      const own = (await rules()).find((one) => one.ID === ID);
      return own?.Status === "Enabled" && own.NoncurrentVersionExpiration?.NoncurrentDays === oldVersionsDays;
    },
    async make() {
      const Rules = [...(await rules()).filter((one) => one.ID !== ID), rule];
      await s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules } }));
    },
  };
}

function tagging(s3: S3, { bucket: Bucket, tags }: StatePlan): BootstrapPart {
  const current = async (): Promise<Readonly<Record<string, string>>> => {
    const { TagSet = [] } = (await found(s3.send(new GetBucketTaggingCommand({ Bucket })))) ?? {};
    return Object.fromEntries(TagSet.map(({ Key = "", Value = "" }) => [Key, Value]));
  };
  return {
    what: "it is tagged as ED8K's",
    async isDone() {
      const there = await current();
      return Object.entries(tags).every(([key, value]) => there[key] === value);
    },
    async make() {
      const wanted = Object.entries({ ...(await current()), ...tags });
      const TagSet = wanted.map(([Key, Value]) => ({ Key, Value }));
      await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));
    },
  };
}

/** Nothing where AWS says that there is no such thing: each setting of a bucket has an error of its own for it. */
async function found<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
