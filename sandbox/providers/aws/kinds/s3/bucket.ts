import {
  type BucketLocationConstraint,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteBucketTaggingCommand,
  GetBucketTaggingCommand,
  HeadBucketCommand,
  PutBucketTaggingCommand,
} from "@aws-sdk/client-s3";
import type { AwsClients } from "../../clients.js";
import type { AwsKind } from "../../kind.js";
import { isSame } from "../../meaning.js";
import { nameOf, unless } from "../../wait.js";
import { fromTagList, type Tags, tagsOf, toTagList } from "../tags.js";
import { emptyBucket } from "./empty.js";

interface Inputs {
  readonly bucket: string;
  /** Kept in the state alone: whether a deleted bucket may hold objects. */
  readonly forceDestroy?: boolean;
}

/** For a bucket and what belongs to it: it is not there. */
export const NO_BUCKET = ["NoSuchBucket", "NotFound"];
/** The only region that a bucket's place is not named for. */
const FIRST_REGION = "us-east-1";

/** A bucket; its id is its name, which all accounts share. */
export const bucket: AwsKind = {
  type: "aws:s3/bucket:Bucket",
  inputs: { bucket: "replace", forceDestroy: "update", tags: "update" },
  required: ["bucket"],
  defaults: { forceDestroy: false },
  computed: ["arn", "bucketDomainName", "bucketRegion", "bucketRegionalDomainName"],
  create: async (inputs, clients) => {
    const { bucket: Bucket } = inputs as unknown as Inputs;
    try {
      await (await clients.s3()).send(createCommand(Bucket, clients.region));
    } catch (error) {
      if (nameOf(error) !== "BucketAlreadyOwnedByYou" || !(await isOurs(Bucket, tagsOf(inputs), clients))) throw error;
    }
    return Bucket;
  },
  // A bucket gets its tags when it is there, so this may be missing when the answer to its making was lost.
  settle: (id, clients, inputs) => writeTags(id, tagsOf(inputs), clients),
  read: async (id, clients, last) => {
    const s3 = await clients.s3();
    const found = await unless(NO_BUCKET, () => s3.send(new HeadBucketCommand({ Bucket: id })));
    if (found === undefined) return undefined;
    const region = found.BucketRegion ?? clients.region;
    return {
      bucket: id,
      arn: `arn:aws:s3:::${id}`,
      bucketRegion: region,
      bucketDomainName: `${id}.s3.amazonaws.com`,
      bucketRegionalDomainName: `${id}.s3.${region}.amazonaws.com`,
      forceDestroy: last["forceDestroy"] ?? false,
      tags: await readTags(id, clients),
    };
  },
  // Nothing but tags and what the state keeps: both are done by `settle`.
  update: () => Promise.resolve(),
  delete: async (id, clients, last) => {
    const { forceDestroy = false } = last as unknown as Inputs;
    const s3 = await clients.s3();
    await unless(NO_BUCKET, async () => {
      if (forceDestroy) await emptyBucket(id, s3);
      await s3.send(new DeleteBucketCommand({ Bucket: id }));
    });
  },
};

function createCommand(Bucket: string, region: string): CreateBucketCommand {
  if (region === FIRST_REGION) return new CreateBucketCommand({ Bucket });
  const LocationConstraint = region as BucketLocationConstraint;
  return new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint } });
}

async function isOurs(Bucket: string, wanted: Tags, clients: AwsClients): Promise<boolean> {
  const tags = await readTags(Bucket, clients);
  return isSame(tags, wanted) || Object.keys(tags).length === 0;
}

async function writeTags(Bucket: string, tags: Tags, clients: AwsClients): Promise<void> {
  const s3 = await clients.s3();
  if (Object.keys(tags).length === 0) await s3.send(new DeleteBucketTaggingCommand({ Bucket }));
  else await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: toTagList(tags) } }));
}

async function readTags(Bucket: string, clients: AwsClients): Promise<Tags> {
  const s3 = await clients.s3();
  const found = await unless(["NoSuchTagSet"], () => s3.send(new GetBucketTaggingCommand({ Bucket })));
  return fromTagList(found?.TagSet);
}
