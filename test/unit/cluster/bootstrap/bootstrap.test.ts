import assert from "node:assert/strict";
import { bootstrap } from "../../../../cluster/bootstrap/bootstrap.js";
import type { PartResult } from "../../../../cluster/bootstrap/part.js";
import { planState } from "../../../../cluster/bootstrap/plan.js";
import { bootstrapText } from "../../../../ed8kctl/commands/cluster/bootstrap.js";
import type { UserError } from "../../../../errors.js";
import { refusal } from "../../ed8kctl/aws/answering.js";
import { errorOf } from "../../sandbox/scratch.js";
import { FakeAws } from "./fake-aws.js";

const PLAN = planState({ account: "111122223333", region: "eu-west-1" });
const WHAT = [
  "KMS key alias/ed8k-state",
  "the key is rotated every year",
  "S3 bucket ed8k-state-111122223333-eu-west-1",
  "nothing in it can be made public",
  "it is encrypted with the key",
  "it keeps versions",
  "it is reached by TLS only",
  "old versions go after 90 days",
  "it is tagged as ED8K's",
];
const CHANGES = [
  ...["CreateKey", "CreateAlias", "EnableKeyRotation", "CreateBucket", "PutPublicAccessBlock", "PutBucketEncryption"],
  ...["PutBucketVersioning", "PutBucketPolicy", "PutBucketLifecycleConfiguration", "PutBucketTagging"],
];

describe("the place for stacks", () => {
  let aws: FakeAws;
  beforeEach(() => {
    aws = new FakeAws();
  });

  async function run(make = true) {
    const { clients, changes, asked } = aws.clients();
    const told: PartResult[] = [];
    const results = await bootstrap(PLAN, clients, { make, report: (result) => told.push(result) });
    assert.deepEqual(told, results);
    assert.deepEqual(
      results.map(({ what }) => what),
      WHAT,
    );
    return { states: results.map(({ state }) => state), changes: changes(), asked: asked(), results };
  }

  it("is named by account and region", () => {
    const { bucket, alias, aliasArn, login, secretsProvider } = PLAN;
    assert.deepEqual(
      [bucket, alias, aliasArn, login, secretsProvider],
      [
        "ed8k-state-111122223333-eu-west-1",
        "alias/ed8k-state",
        "arn:aws:kms:eu-west-1:111122223333:alias/ed8k-state",
        "pulumi login 's3://ed8k-state-111122223333-eu-west-1?region=eu-west-1'",
        "awskms:///alias/ed8k-state?region=eu-west-1",
      ],
    );
  });

  it("is made once: the second time all is so already, and nothing is changed", async () => {
    const first = await run();
    assert.deepEqual(
      first.states,
      WHAT.map(() => "made"),
    );
    assert.deepEqual(first.changes, CHANGES);
    const second = await run();
    assert.deepEqual(
      second.states,
      WHAT.map(() => "so already"),
    );
    assert.deepEqual(second.changes, []);
  });

  it("is versioned, encrypted, private, reached by TLS only, and old versions go", async () => {
    const { asked } = await run();
    assert.deepEqual(aws.bucket, {
      versioning: { Status: "Enabled" },
      access: {
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      },
      encryption: {
        ServerSideEncryptionConfiguration: {
          Rules: [
            {
              ApplyServerSideEncryptionByDefault: {
                SSEAlgorithm: "aws:kms",
                KMSMasterKeyID: "arn:aws:kms:eu-west-1:111122223333:alias/ed8k-state",
              },
              BucketKeyEnabled: true,
            },
          ],
        },
      },
      policy: aws.bucket?.["policy"],
      lifecycle: {
        Rules: [
          {
            ID: "old-versions",
            Status: "Enabled",
            Filter: { Prefix: "" },
            NoncurrentVersionExpiration: { NoncurrentDays: 90 },
            AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
          },
        ],
      },
      tags: { TagSet: [{ Key: "ed8k:kind", Value: "state" }] },
    });
    const policy = asked.find(({ operation }) => operation === "PutBucketPolicy")?.input["Policy"];
    assert.deepEqual(JSON.parse(String(policy)), PLAN.policy);
    const created = asked.find(({ operation }) => operation === "CreateBucket")?.input;
    assert.deepEqual(created?.["CreateBucketConfiguration"], { LocationConstraint: "eu-west-1" });
  });

  it("is only looked at by a dry run", async () => {
    const { states, changes } = await run(false);
    assert.deepEqual(
      states,
      WHAT.map(() => "missing"),
    );
    assert.deepEqual(changes, []);
  });

  it("is mended where a setting was changed", async () => {
    await run();
    aws.bucket = { ...aws.bucket, versioning: { Status: "Suspended" }, access: undefined };
    const { states, changes } = await run();
    assert.deepEqual(
      WHAT.filter((_, index) => states[index] === "made"),
      ["nothing in it can be made public", "it keeps versions"],
    );
    assert.deepEqual(changes, ["PutPublicAccessBlock", "PutBucketVersioning"]);
  });

  it("keeps what others have set: statements, rules and tags of theirs", async () => {
    await run();
    const theirs = { Sid: "Theirs", Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "x" };
    const rule = { ID: "theirs", Status: "Enabled", Filter: { Prefix: "tmp/" } };
    aws.bucket = {
      ...aws.bucket,
      policy: { Policy: JSON.stringify({ Version: "2012-10-17", Statement: [theirs] }) },
      lifecycle: { Rules: [rule] },
      tags: { TagSet: [{ Key: "cost-center", Value: "dxp" }] },
    };
    const { changes } = await run();
    assert.deepEqual(changes, ["PutBucketPolicy", "PutBucketLifecycleConfiguration", "PutBucketTagging"]);
    const { policy, lifecycle, tags } = aws.bucket as {
      policy: { Policy: string };
      lifecycle: { Rules: { ID: string }[] };
      tags: { TagSet: object[] };
    };
    const { Statement } = JSON.parse(policy.Policy) as { Statement: { Sid: string }[] };
    assert.deepEqual(
      Statement.map(({ Sid }) => Sid),
      ["Theirs", "DenyPlainHttp"],
    );
    assert.deepEqual(
      lifecycle.Rules.map(({ ID }) => ID),
      ["theirs", "old-versions"],
    );
    assert.deepEqual(tags.TagSet, [
      { Key: "cost-center", Value: "dxp" },
      { Key: "ed8k:kind", Value: "state" },
    ]);
  });

  it("takes up the key of a run that was killed before it could name it, and no other", async () => {
    aws.keys.set("theirs", { state: "Enabled", tags: [], rotated: false });
    aws.keys.set("gone", { state: "PendingDeletion", tags: tags(), rotated: false });
    aws.keys.set("ours", { state: "Enabled", tags: tags(), rotated: false });
    const { changes } = await run();
    assert.equal(aws.aliases.get("alias/ed8k-state"), "ours");
    assert.equal(changes.includes("CreateKey"), false);
  });

  it("passes over keys that somebody else keeps from being looked at", async () => {
    aws.keys.set("closed", { state: "closed", tags: tags(), rotated: false });
    aws.keys.set("untold", { state: "Enabled", tags: "closed", rotated: false });
    aws.keys.set("ours", { state: "Enabled", tags: tags(), rotated: false });
    await run();
    assert.equal(aws.aliases.get("alias/ed8k-state"), "ours");
  });

  it("makes no second key where whoever asks may look at none", async () => {
    aws.keys.set("untold", { state: "Enabled", tags: "closed", rotated: false });
    const error = await errorOf(() => run());
    assert.match(error.message, /AccessDeniedException/);
    assert.deepEqual([...aws.keys.keys()], ["untold"]);
  });

  const tags = () => [{ TagKey: "ed8k:kind", TagValue: "state" }];

  it("does not go on with a key that is to be deleted: what it has encrypted would be lost", async () => {
    await run();
    aws.keys.set("key-1", { state: "PendingDeletion", tags: tags(), rotated: true });
    const error = (await errorOf(() => run())) as UserError;
    assert.equal(error.message, "the KMS key alias/ed8k-state (key-1) is PendingDeletion, not Enabled");
    assert.match(
      error.hint ?? "",
      /^aws kms cancel-key-deletion --key-id key-1 .* && aws kms enable-key --key-id key-1/,
    );
  });

  it("is refused where the bucket is somebody else's", async () => {
    const { clients } = aws.clients();
    const s3 = { send: () => Promise.reject(refusal("Forbidden", 403)) } as unknown as typeof clients.s3;
    const { message } = await errorOf(() =>
      bootstrap(PLAN, { ...clients, s3 }, { make: true, report: () => undefined }),
    );
    assert.equal(
      message,
      "the S3 bucket ed8k-state-111122223333-eu-west-1 is there, and not yours to look at: you lack rights, or it is somebody else's",
    );
  });

  it("says in one sentence what AWS refuses", async () => {
    const { clients } = aws.clients();
    const kms = { send: () => Promise.reject(refusal("AccessDeniedException", 403)) } as unknown as typeof clients.kms;
    const error = (await errorOf(() =>
      bootstrap(PLAN, { ...clients, kms }, { make: true, report: () => undefined }),
    )) as UserError;
    assert.match(error.message, /^the place for stacks in account 111122223333: AWS refused: AccessDeniedException: /);
    assert.equal(error.hint, "docs/cluster.md lists the permissions that this needs");
  });

  it("is told with the two lines to use, or with what is missing", async () => {
    const { results } = await run();
    assert.equal(
      bootstrapText(PLAN, results),
      `account 111122223333 (eu-west-1) keeps stacks (9 made); next, on every machine:
  pulumi login 's3://ed8k-state-111122223333-eu-west-1?region=eu-west-1'
and in the cluster stack's file, before its first update:
  ed8k:secretsProvider: awskms:///alias/ed8k-state?region=eu-west-1`,
    );
    assert.equal(
      bootstrapText(PLAN, [{ what: "S3 bucket x", state: "missing" }]),
      "account 111122223333 (eu-west-1):\n  missing: S3 bucket x\nnext: ed8kctl cluster bootstrap makes it",
    );
  });
});
