import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { BudgetsClient, DescribeBudgetsCommand } from "@aws-sdk/client-budgets";
import { DescribeVpcsCommand, EC2Client } from "@aws-sdk/client-ec2";
import { EKSClient, ListClustersCommand } from "@aws-sdk/client-eks";
import { IAMClient, ListRolesCommand } from "@aws-sdk/client-iam";
import { GetObjectCommand, PutBucketPolicyCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { openStore } from "../../../../../sandbox/aws/front/store.js";
import { OpenFront, refusal } from "../open-front.js";

describe("the front before the AWS emulator", () => {
  let front: OpenFront;
  let s3: S3Client;
  beforeEach(async () => {
    front = new OpenFront();
    await front.open();
    s3 = new S3Client({ ...front.client, forcePathStyle: true });
  });
  afterEach(async () => {
    s3.destroy();
    await front.close();
  });

  const control = async (
    method: string,
    path: string,
    body?: string,
  ): Promise<{ readonly status: number; readonly content: unknown }> => {
    const answer = await fetch(`${front.url}/_ed8k/${path}`, { method, ...(body === undefined ? {} : { body }) });
    return { status: answer.status, content: await answer.json() };
  };

  it("hands objects of buckets through as they come, both ways", async () => {
    const content = "0123456789".repeat(300_000);
    front.emulator.answer(({ method }) => ({ body: method === "GET" ? content : "" }));
    await s3.send(new PutObjectCommand({ Bucket: "b", Key: "dump", Body: content }));
    assert.ok(front.emulator.asked[0]?.body.includes(content.slice(0, 1000)));
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: "b", Key: "dump" }));
    assert.equal(await Body?.transformToString(), content);
    assert.deepEqual((await control("GET", "calls")).content, { "s3:PUT": 1, "s3:GET": 1 });
  });

  it("counts calls by operation, until it is told to begin anew", async () => {
    const clients = {
      ec2: new EC2Client(front.client),
      eks: new EKSClient(front.client),
      budgets: new BudgetsClient(front.client),
    };
    front.emulator.answer(({ headers }) => ({ body: headers["x-amz-target"] === undefined ? "<x></x>" : "{}" }));
    await clients.ec2.send(new DescribeVpcsCommand({}));
    await clients.ec2.send(new DescribeVpcsCommand({}));
    await clients.eks.send(new ListClustersCommand({}));
    await clients.budgets.send(new DescribeBudgetsCommand({ AccountId: "111122223333" }));
    await s3.send(new PutBucketPolicyCommand({ Bucket: "b", Policy: "{}" }));
    assert.deepEqual((await control("GET", "calls")).content, {
      "ec2:DescribeVpcs": 2,
      "eks:ListClusters": 1,
      "budgets:DescribeBudgets": 1,
      "s3:PUT ?policy": 1,
    });
    await control("DELETE", "calls");
    assert.deepEqual((await control("GET", "calls")).content, {});
    for (const client of Object.values(clients)) client.destroy();
  });

  it("refuses a share of the calls when a test asks for it, each in its service's words", async () => {
    assert.deepEqual(await control("POST", "faults", '{"throttle": 1}'), { status: 200, content: { throttle: 1 } });
    const clients = [
      new EC2Client(front.client),
      new IAMClient(front.client),
      new EKSClient(front.client),
      new BudgetsClient(front.client),
    ] as const;
    const [ec2, iam, eks, budgets] = clients;
    const message = "Rate exceeded (by the sandbox's own faults)";
    for (const [call, name] of [
      [() => ec2.send(new DescribeVpcsCommand({})), "RequestLimitExceeded"],
      [() => iam.send(new ListRolesCommand({})), "Throttling"],
      [() => eks.send(new ListClustersCommand({})), "TooManyRequestsException"],
      [() => budgets.send(new DescribeBudgetsCommand({ AccountId: "1" })), "ThrottlingException"],
      [() => s3.send(new PutBucketPolicyCommand({ Bucket: "b", Policy: "{}" })), "SlowDown"],
    ] as const) {
      assert.equal(await refusal(call()), `${name}: ${message}`);
    }
    assert.deepEqual(front.emulator.asked, []);
    await control("POST", "faults", '{"throttle": 0}');
    assert.equal(await refusal(eks.send(new ListClustersCommand({}))), "not refused");
    for (const client of clients) client.destroy();
    for (const bad of ['{"throttle": 2}', '{"other": 1}', "no JSON"]) {
      assert.equal((await control("POST", "faults", bad)).status, 400);
    }
  });

  it("says to try again while the emulator is not there, and is not well itself", async () => {
    assert.equal((await control("GET", "health")).status, 200);
    await front.emulator.stop();
    assert.equal((await control("GET", "health")).status, 503);
    const ec2 = new EC2Client(front.client);
    assert.match(
      await refusal(ec2.send(new DescribeVpcsCommand({}))),
      /^ServiceUnavailable: the AWS emulator does not answer: connect ECONNREFUSED /,
    );
    ec2.destroy();
    assert.deepEqual(front.log, []);
  });

  it("has nothing else of its own", async () => {
    assert.deepEqual(await control("GET", "other"), {
      status: 404,
      content: { message: "the front has no GET /_ed8k/other" },
    });
  });

  it("does not start with what it cannot read", () => {
    const file = join(dirname(front.certificate), "damaged.json");
    writeFileSync(file, "{");
    assert.throws(() => openStore(file, {}), { name: "UserError", message: `${file} is damaged` });
  });
});
