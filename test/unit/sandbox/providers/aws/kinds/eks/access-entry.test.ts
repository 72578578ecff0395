import assert from "node:assert/strict";
import { accessEntry } from "../../../../../../../sandbox/providers/aws/kinds/eks/access-entry.js";
import type { Data } from "../../../../../../../sandbox/providers/aws/kind.js";
import { FakeClients } from "../fake-clients.js";
import { servicesOf } from "../services.js";

const ROLE = "arn:aws:iam::111122223333:role/ed8k-developer";
const ID = `ed8k-dev:${ROLE}`;
const INPUTS = {
  clusterName: "ed8k-dev",
  principalArn: ROLE,
  kubernetesGroups: ["ed8k:developers"],
  userName: "ed8k:{{SessionName}}",
  type: "STANDARD",
};

async function updated(old: Data, inputs: Data): Promise<FakeClients> {
  const fake = new FakeClients({});
  await accessEntry.update?.(ID, { old, inputs }, await servicesOf(fake));
  return fake;
}

describe("the kind of EKS access entries", () => {
  it("changes groups and name, and only what has changed of them", async () => {
    const fake = await updated(INPUTS, { ...INPUTS, userName: "ci:{{SessionName}}" });
    const place = { clusterName: "ed8k-dev", principalArn: ROLE };
    assert.deepEqual(fake.requests("UpdateAccessEntry"), [{ ...place, username: "ci:{{SessionName}}" }]);
    const { kubernetesGroups: _groups, ...without } = INPUTS;
    assert.deepEqual((await updated(INPUTS, without)).requests("UpdateAccessEntry"), [
      { ...place, kubernetesGroups: [] },
    ]);
  });

  it("leaves alone who a node is, which EKS says and refuses to change", async () => {
    const inputs = { clusterName: "ed8k-dev", principalArn: ROLE, type: "EC2_LINUX", tags: { a: "2" } };
    const old = {
      ...inputs,
      kubernetesGroups: ["system:nodes"],
      userName: "system:node:{{EC2PrivateDNSName}}",
      accessEntryArn: "arn:entry",
      tags: { a: "1" },
    };
    assert.deepEqual((await updated(old, inputs)).sent, [
      { operation: "TagResource", request: { resourceArn: "arn:entry", tags: { a: "2" } } },
    ]);
  });
});
