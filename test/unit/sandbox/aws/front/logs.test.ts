import assert from "node:assert/strict";
import {
  AssociateKmsKeyCommand,
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
  DisassociateKmsKeyCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { OpenFront, refusal } from "../open-front.js";

describe("CloudWatch Logs in the sandbox", () => {
  let front: OpenFront;
  let logs: CloudWatchLogsClient;
  const groups = JSON.stringify({ logGroups: [{ logGroupName: "/a", kmsKeyId: "first" }, { logGroupName: "/b" }] });
  beforeEach(async () => {
    front = new OpenFront();
    await front.open();
    front.emulator.answer(({ headers }) => ({
      body: headers["x-amz-target"] === "Logs_20140328.DescribeLogGroups" ? groups : "{}",
    }));
    logs = new CloudWatchLogsClient(front.client);
  });
  afterEach(async () => {
    logs.destroy();
    await front.close();
  });

  const keys = async () =>
    (await logs.send(new DescribeLogGroupsCommand({}))).logGroups?.map(({ kmsKeyId }) => kmsKeyId);

  it("changes the key of a log group, which the emulator cannot", async () => {
    await logs.send(new CreateLogGroupCommand({ logGroupName: "/a" }));
    assert.deepEqual(await keys(), ["first", undefined]);
    await logs.send(new AssociateKmsKeyCommand({ logGroupName: "/b", kmsKeyId: "second" }));
    await logs.send(new DisassociateKmsKeyCommand({ logGroupName: "/a" }));
    assert.deepEqual(await keys(), [undefined, "second"]);
    await logs.send(new DeleteLogGroupCommand({ logGroupName: "/b" }));
    assert.deepEqual(await keys(), [undefined, undefined]);
  });

  it("knows no key for a log group that is not there", async () => {
    assert.equal(
      await refusal(logs.send(new AssociateKmsKeyCommand({ logGroupName: "/none", kmsKeyId: "k" }))),
      "ResourceNotFoundException: The specified log group does not exist: /none",
    );
  });
});
