import assert from "node:assert/strict";
import { requireAccountOf } from "../../../../ed8kctl/cluster/account.js";
import { refusal } from "../aws/answering.js";

const TARGET = { stack: "dev", accounts: ["111122223333"], region: "eu-west-1" };

describe("the account of a cluster", () => {
  it("is that of the credentials in use, where the cluster can be in it", async () => {
    const account = await requireAccountOf(TARGET, (region) => {
      assert.equal(region, "eu-west-1");
      return Promise.resolve({ Account: "111122223333", Arn: "arn:me" });
    });
    assert.equal(account, "111122223333");
  });

  it("is no other one", async () => {
    const other = () => Promise.resolve({ Account: "999988887777", Arn: "arn:me" });
    await assert.rejects(requireAccountOf(TARGET, other), {
      message: "the AWS credentials in use are arn:me of account 999988887777, but the cluster dev is in 111122223333",
      hint: "sign in to that account (AWS_PROFILE, aws sso login)",
    });
  });

  it("is not known where AWS does not say", async () => {
    await assert.rejects(
      requireAccountOf(TARGET, () => Promise.reject(refusal("ExpiredToken"))),
      {
        message: "whose credentials are in use: AWS refused: ExpiredToken: ExpiredToken of AWS",
        hint: "log in to AWS (aws sso login) and choose the profile (AWS_PROFILE)",
      },
    );
  });
});
