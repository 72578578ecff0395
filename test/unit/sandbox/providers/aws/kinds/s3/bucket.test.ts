import assert from "node:assert/strict";
import { bucket } from "../../../../../../../sandbox/providers/aws/kinds/s3/bucket.js";
import { awsError } from "../../fake.js";
import { FakeClients } from "../fake-clients.js";
import { servicesOf } from "../services.js";

const NAME = "ed8k-dev-datasets";
const INPUTS = { bucket: NAME, forceDestroy: false, tags: { "ed8k:cluster": "dev" } };

describe("the kind of S3 buckets", () => {
  it("empties a bucket of all versions and marks, page by page, when it is told to", async () => {
    const first = {
      Versions: [
        { Key: "a", VersionId: "1" },
        { Key: "a", VersionId: "2" },
      ],
      DeleteMarkers: [{ Key: "b", VersionId: "3" }],
      IsTruncated: true,
    };
    const second = { Versions: [{ Key: "c", VersionId: "4" }] };
    const fake = new FakeClients({ ListObjectVersions: [first, second, {}] });
    await bucket.delete(NAME, await servicesOf(fake), { ...INPUTS, forceDestroy: true });
    assert.deepEqual(fake.operations, [
      "ListObjectVersions",
      "DeleteObjects",
      "ListObjectVersions",
      "DeleteObjects",
      "ListObjectVersions",
      "DeleteBucket",
    ]);
    assert.deepEqual(fake.requests("DeleteObjects"), [
      { Bucket: NAME, Delete: { Objects: [...first.Versions, ...first.DeleteMarkers], Quiet: true } },
      { Bucket: NAME, Delete: { Objects: second.Versions, Quiet: true } },
    ]);
  });

  it("leaves a bucket with objects alone when it is not", async () => {
    const full = awsError("BucketNotEmpty", "The bucket you tried to delete is not empty");
    const fake = new FakeClients({ DeleteBucket: full });
    await assert.rejects(bucket.delete(NAME, await servicesOf(fake), INPUTS), full);
    assert.deepEqual(fake.operations, ["DeleteBucket"]);
  });

  it("ends with the object that cannot be deleted", async () => {
    const fake = new FakeClients({
      ListObjectVersions: { Versions: [{ Key: "kept", VersionId: "1" }] },
      DeleteObjects: { Errors: [{ Key: "kept", Code: "AccessDenied", Message: "it is locked" }] },
    });
    await assert.rejects(bucket.delete(NAME, await servicesOf(fake), { ...INPUTS, forceDestroy: true }), {
      message: "s3://ed8k-dev-datasets/kept cannot be deleted: AccessDenied it is locked",
    });
  });

  it("names the region of a new bucket, and not the first one", async () => {
    const fake = new FakeClients({});
    const clients = await servicesOf(fake);
    await bucket.create(INPUTS, clients);
    await bucket.create(INPUTS, { ...clients, region: "us-east-1" });
    assert.deepEqual(fake.requests("CreateBucket"), [
      { Bucket: NAME, CreateBucketConfiguration: { LocationConstraint: "eu-west-1" } },
      { Bucket: NAME },
    ]);
  });

  it("takes over a bucket of its own, also one that has no tags yet, and no other", async () => {
    const CreateBucket = awsError("BucketAlreadyOwnedByYou", "you already own it");
    const tagged = (...TagSet: object[]) => new FakeClients({ CreateBucket, GetBucketTagging: { TagSet } });
    const untagged = new FakeClients({ CreateBucket, GetBucketTagging: awsError("NoSuchTagSet", "none") });
    assert.equal(await bucket.create(INPUTS, await servicesOf(untagged)), NAME);
    assert.equal(await bucket.create(INPUTS, await servicesOf(tagged({ Key: "ed8k:cluster", Value: "dev" }))), NAME);
    const foreign = await servicesOf(tagged({ Key: "ed8k:cluster", Value: "prod" }));
    await assert.rejects(bucket.create(INPUTS, foreign), CreateBucket);
    const taken = awsError("BucketAlreadyExists", "The requested bucket name is not available");
    await assert.rejects(bucket.create(INPUTS, await servicesOf(new FakeClients({ CreateBucket: taken }))), taken);
  });
});
