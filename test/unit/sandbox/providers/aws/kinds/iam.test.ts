import assert from "node:assert/strict";
import { loadKind } from "../../../../../../sandbox/providers/aws/kinds/table.js";
import { awsError } from "../fake.js";
import { FakeClients } from "./fake-clients.js";

const TRUST = JSON.stringify({ Version: "2012-10-17", Statement: [] });
const inputs = { name: "ed8k-dev", assumeRolePolicy: TRUST, maxSessionDuration: 3600, tags: { a: "1" } };
const found = {
  RoleName: "ed8k-dev",
  AssumeRolePolicyDocument: encodeURIComponent(TRUST),
  MaxSessionDuration: 3600,
  Tags: [{ Key: "a", Value: "1" }],
};

describe("IAM kinds", () => {
  it("take over a role of an earlier try whose answer was lost, and no other", async () => {
    const role = await loadKind("aws:iam/role:Role");
    const taken = awsError("EntityAlreadyExistsException", "Role with name ed8k-dev already exists.");
    const own = new FakeClients({ CreateRole: taken, GetRole: { Role: found } });
    assert.equal(await role.create(inputs, own.clients), "ed8k-dev");
    const foreign = new FakeClients({ CreateRole: taken, GetRole: { Role: { ...found, MaxSessionDuration: 7200 } } });
    await assert.rejects(role.create(inputs, foreign.clients), taken);
  });

  it("change of a role only what has changed", async () => {
    const role = await loadKind("aws:iam/role:Role");
    const fake = new FakeClients({});
    const change = { old: { ...inputs, description: "old" }, inputs: { ...inputs, tags: { b: "2" } } };
    await role.update?.("ed8k-dev", change, fake.clients);
    assert.deepEqual(fake.sent, [
      { operation: "UpdateRole", request: { RoleName: "ed8k-dev", Description: "", MaxSessionDuration: 3600 } },
      { operation: "UntagRole", request: { RoleName: "ed8k-dev", TagKeys: ["a"] } },
      { operation: "TagRole", request: { RoleName: "ed8k-dev", Tags: [{ Key: "b", Value: "2" }] } },
    ]);
  });

  it("remove a role when its policies are gone", async () => {
    const role = await loadKind("aws:iam/role:Role");
    const inUse = awsError("DeleteConflictException", "Cannot delete entity, must detach all policies first.");
    const fake = new FakeClients({ DeleteRole: [inUse, {}] });
    await role.delete("ed8k-dev", fake.clients, {});
    assert.deepEqual(fake.operations, ["DeleteRole", "DeleteRole"]);
  });

  it("read policies out of their encoding", async () => {
    const policy = await loadKind("aws:iam/rolePolicy:RolePolicy");
    const answer = { RoleName: "r", PolicyName: "p", PolicyDocument: encodeURIComponent(TRUST) };
    const fake = new FakeClients({ GetRolePolicy: answer });
    assert.deepEqual(await policy.read("r:p", fake.clients, {}), { role: "r", name: "p", policy: TRUST });
    assert.deepEqual(fake.requests("GetRolePolicy"), [{ RoleName: "r", PolicyName: "p" }]);
  });

  it("find attachments on every page", async () => {
    const attachment = await loadKind("aws:iam/rolePolicyAttachment:RolePolicyAttachment");
    const arn = "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy";
    const other = {
      AttachedPolicies: [{ PolicyArn: "arn:aws:iam::aws:policy/Other" }],
      IsTruncated: true,
      Marker: "m",
    };
    const fake = new FakeClients({ ListAttachedRolePolicies: [other, { AttachedPolicies: [{ PolicyArn: arn }] }] });
    assert.deepEqual(await attachment.read(`r/${arn}`, fake.clients, {}), { role: "r", policyArn: arn });
    assert.equal(await attachment.read(`r/${arn}s`, fake.clients, {}), undefined);
    const gone = new FakeClients({ ListAttachedRolePolicies: awsError("NoSuchEntityException", "gone") });
    assert.equal(await attachment.read(`r/${arn}`, gone.clients, {}), undefined);
  });
});
