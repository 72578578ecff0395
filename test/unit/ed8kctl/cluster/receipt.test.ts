import assert from "node:assert/strict";
import { sweepAws } from "../../../../ed8kctl/cluster/aws-left.js";
import type { Look } from "../../../../ed8kctl/cluster/aws-left/look.js";
import { clusterReceiptText, takeClusterReceipt } from "../../../../ed8kctl/cluster/receipt.js";
import { BACKEND } from "../environment/fixtures.js";
import { FakeStacks } from "../fake-stacks.js";
import { OWN_CONFIG } from "./fixtures.js";

const AWS = { account: "111122223333", region: "eu-west-1" };
const VPC = { what: "ec2 vpc vpc-1", remove: "aws ec2 delete-vpc --vpc-id vpc-1 --region eu-west-1" };

describe("the receipt of a cluster", () => {
  it("tells that nothing is left, and what was looked for", async () => {
    const stacks = new FakeStacks(BACKEND);
    const receipt = await takeClusterReceipt({ stack: "dev", removed: 90, aws: AWS }, stacks, (cluster) => {
      assert.deepEqual(cluster, { stack: "dev", ...AWS });
      return Promise.resolve({ checked: ["eks", "ec2"], unseen: ["iam"], left: [] });
    });
    assert.deepEqual(receipt, {
      stack: "dev",
      removed: 90,
      checked: ["stack", "eks", "ec2"],
      unseen: ["iam"],
      left: [],
    });
    assert.equal(
      clusterReceiptText(receipt),
      "the cluster dev is gone: 90 resources removed, 0 left (looked for: stack, eks, ec2; not looked at: iam)",
    );
  });

  it("tells what is left, and how it is removed", async () => {
    const stacks = new FakeStacks(BACKEND, { dev: OWN_CONFIG });
    const receipt = await takeClusterReceipt({ stack: "dev", removed: 0, aws: AWS }, stacks, () =>
      Promise.resolve({ checked: ["ec2"], unseen: [], left: [VPC] }),
    );
    assert.equal(
      clusterReceiptText(receipt),
      `the cluster dev: had nothing to remove, 2 left (looked for: stack, ec2)
  stack dev
    ed8kctl cluster destroy dev --yes
  ec2 vpc vpc-1
    aws ec2 delete-vpc --vpc-id vpc-1 --region eu-west-1`,
    );
  });

  it("does not look on AWS for a cluster that was there before its stack", async () => {
    const receipt = await takeClusterReceipt(
      { stack: "dev", removed: 40, aws: "elsewhere" },
      new FakeStacks(BACKEND),
      () => assert.fail("asks AWS"),
    );
    assert.deepEqual([receipt.checked, receipt.unseen, receipt.left], [["stack"], [], []]);
  });

  it("says so where it is not known where on AWS the cluster was", async () => {
    const receipt = await takeClusterReceipt(
      { stack: "dev", removed: 0, aws: "unknown" },
      new FakeStacks(BACKEND),
      () => assert.fail("asks AWS"),
    );
    assert.deepEqual([receipt.checked, receipt.unseen, receipt.left], [["stack"], ["AWS"], []]);
    assert.equal(
      clusterReceiptText(receipt),
      "the stack of the cluster dev is gone: had nothing to remove (looked for: stack); AWS was not looked at",
    );
  });

  it("goes on where one service does not answer", async () => {
    const found: Look = () => Promise.resolve([VPC]);
    const refused: Look = () => Promise.reject(new Error("AccessDenied"));
    assert.deepEqual(await sweepAws({ stack: "dev", ...AWS }, { ec2: found, iam: refused }), {
      checked: ["ec2"],
      unseen: ["iam"],
      left: [VPC],
    });
  });
});
