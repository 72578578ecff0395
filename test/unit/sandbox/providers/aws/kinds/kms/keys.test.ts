import assert from "node:assert/strict";
import { alias } from "../../../../../../../sandbox/providers/aws/kinds/kms/alias.js";
import { key } from "../../../../../../../sandbox/providers/aws/kinds/kms/key.js";
import { awsError } from "../../fake.js";
import { FakeClients } from "../fake-clients.js";
import { servicesOf } from "../services.js";

const KEY_ARN = "arn:aws:kms:eu-west-1:111122223333:key/1234";

describe("the kind of KMS keys", () => {
  it("counts a key that waits for its end as gone", async () => {
    const waiting = { KeyMetadata: { KeyId: "1234", Arn: KEY_ARN, KeyState: "PendingDeletion" } };
    const fake = new FakeClients({ DescribeKey: waiting });
    assert.equal(await key.read("1234", await servicesOf(fake), {}), undefined);
  });

  it("gives a key as many days as it has, and AWS' own number otherwise", async () => {
    const fake = new FakeClients({});
    const clients = await servicesOf(fake);
    await key.delete("1234", clients, { deletionWindowInDays: 7 });
    await key.delete("1234", clients, {});
    assert.deepEqual(fake.requests("ScheduleKeyDeletion"), [
      { KeyId: "1234", PendingWindowInDays: 7 },
      { KeyId: "1234", PendingWindowInDays: 30 },
    ]);
  });
});

describe("the kind of KMS aliases", () => {
  const listed = {
    Aliases: [
      { AliasName: "alias/ed8k", AliasArn: "arn:aws:kms:eu-west-1:111122223333:alias/ed8k", TargetKeyId: "1234" },
    ],
  };

  it("finds its key whether the program names it by id or by ARN", async () => {
    const fake = new FakeClients({ ListAliases: [{ Aliases: [], NextMarker: "2", Truncated: true }, listed] });
    const read = await alias.read("alias/ed8k", await servicesOf(fake), { targetKeyId: KEY_ARN });
    assert.deepEqual(read, {
      name: "alias/ed8k",
      arn: "arn:aws:kms:eu-west-1:111122223333:alias/ed8k",
      targetKeyArn: KEY_ARN,
      targetKeyId: KEY_ARN,
    });
  });

  it("takes over an alias of the same key, as an earlier try made it whose answer was lost, and no other", async () => {
    const taken = awsError("AlreadyExistsException", "An alias with the name already exists");
    const clients = await servicesOf(new FakeClients({ CreateAlias: taken, ListAliases: listed }));
    assert.equal(await alias.create({ name: "alias/ed8k", targetKeyId: KEY_ARN }, clients), "alias/ed8k");
    await assert.rejects(alias.create({ name: "alias/ed8k", targetKeyId: "5678" }, clients), taken);
  });
});
