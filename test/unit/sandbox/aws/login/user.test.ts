import assert from "node:assert/strict";
import { ADMIN_POLICY } from "../../../../../sandbox/aws/front/eks/access-policies.js";
import type { Access } from "../../../../../sandbox/aws/front/eks/state.js";
import { fillUserName } from "../../../../../sandbox/aws/front/eks/user-names.js";
import { kubeUser } from "../../../../../sandbox/aws/login/user.js";

const ADMIN = "arn:aws:iam::111122223333:role/admin";
const SESSION = {
  arn: "arn:aws:sts::111122223333:assumed-role/admin/ann",
  account: "111122223333",
  userId: "AROA1:ann",
};

function entries(principal: string, policies: Access["policies"]): Record<string, Access> {
  return { [principal]: { entry: { principalArn: principal, username: "ed8k:{{SessionName}}" }, policies } };
}

describe("the user that somebody is in an EKS cluster", () => {
  it("is its administrator by EKS' policy for that, and only for the whole cluster", () => {
    const groups = (type: "cluster" | "namespace", policyArn = ADMIN_POLICY) =>
      kubeUser(SESSION, entries(ADMIN, [{ policyArn, accessScope: { type, namespaces: [] } }]))?.groups;
    assert.deepEqual(groups("cluster"), ["system:masters"]);
    assert.deepEqual(groups("namespace"), []);
    assert.deepEqual(groups("cluster", ADMIN_POLICY.replace("ClusterAdmin", "View")), []);
  });

  it("is the account's root, or a user of IAM, by an entry of their own", () => {
    for (const arn of ["arn:aws:iam::111122223333:root", "arn:aws:iam::111122223333:user/bob"]) {
      const user = kubeUser({ arn, account: "111122223333", userId: "AIDA1" }, entries(arn, []));
      assert.deepEqual([user?.uid, user?.extra["canonicalArn"]], ["aws-iam-authenticator:111122223333:AIDA1", [arn]]);
    }
  });

  it("is nobody by the entry of another role", () => {
    assert.equal(kubeUser(SESSION, entries(`${ADMIN}2`, [])), undefined);
  });

  it("has the session's name with hyphens for @, or as it is", () => {
    const of = { account: "1", session: "ann@example.com" };
    assert.equal(fillUserName("{{AccountID}}:{{SessionName}}", of), "1:ann-example.com");
    assert.equal(fillUserName("ed8k:{{SessionNameRaw}}", of), "ed8k:ann@example.com");
  });
});
