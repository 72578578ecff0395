import assert from "node:assert/strict";
import { secretsOf } from "../../../../ed8kctl/environment/secrets.js";

describe("what encrypts the secrets of an environment's stack", () => {
  const asked: string[] = [];
  const stacks = (salt?: string) => ({
    salt: (stack: string) => {
      asked.push(stack);
      return Promise.resolve(salt);
    },
  });
  afterEach(() => asked.splice(0));

  it("is the passphrase of the cluster stack", async () => {
    const facts = { name: "prod", secretsProvider: "passphrase" };
    assert.deepEqual(await secretsOf(facts, stacks("v1:abc")), { salt: "v1:abc" });
    assert.deepEqual(await secretsOf(facts, stacks()), {});
    assert.deepEqual(asked, ["prod", "prod"]);
  });

  it("is the key that the cluster stack names, and no passphrase is looked for", async () => {
    const provider = "awskms:///alias/ed8k-state?region=eu-west-1";
    assert.deepEqual(await secretsOf({ name: "dev", secretsProvider: provider }, stacks("v1:abc")), { provider });
    assert.deepEqual(asked, []);
  });
});
