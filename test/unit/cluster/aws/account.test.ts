import assert from "node:assert/strict";
import { requireAccount } from "../../../../cluster/aws/account.js";
import { settingsWith } from "./settings.js";

const settings = settingsWith({ aws: { accounts: ["111122223333", "444455556666"] } });

function callerOf(account: string) {
  return () => Promise.resolve({ account, arn: `arn:aws:sts::${account}:assumed-role/admin/alice` });
}

describe("the account that a cluster is made in [row 103]", () => {
  it("is one of those that the settings name", async () => {
    assert.equal(await requireAccount(settings, callerOf("444455556666")), "444455556666");
  });

  it("is no other, and both are told", async () => {
    await assert.rejects(requireAccount(settings, callerOf("999999999999")), {
      name: "UserError",
      message:
        "the AWS credentials in use are arn:aws:sts::999999999999:assumed-role/admin/alice of account 999999999999, but stack dev is for 111122223333, 444455556666 alone",
      hint: "sign in to that account (AWS_PROFILE, aws sso login); if the list is wrong: ed8k:aws.accounts",
    });
  });

  it("is asked for in the region of the cluster", async () => {
    const asked: string[] = [];
    await requireAccount(settings, (region) => {
      asked.push(region);
      return callerOf("111122223333")();
    });
    assert.deepEqual(asked, ["eu-west-1"]);
  });
});
