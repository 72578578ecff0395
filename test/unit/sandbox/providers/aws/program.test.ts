import assert from "node:assert/strict";
import type { AwsClients } from "../../../../../sandbox/providers/aws/clients.js";
import { loadKind } from "../../../../../sandbox/providers/aws/kinds/table.js";
import { createAwsProvider } from "../../../../../sandbox/providers/aws/provider.js";
import { SILENT } from "../../../../../sandbox/providers/plugin/log.js";
import type { ValueMap } from "../../../../../sandbox/providers/plugin/values.js";
import type { Registered } from "../../../../harness.js";
import { OPTIONS } from "../../../cluster/aws/options.js";
import { ACCOUNT, devConfig, registeredCluster } from "../../../cluster/aws/registered.js";

const provider = createAwsProvider({
  loadKind,
  createClients: ({ region, signal }) =>
    ({ region, signal, account: () => Promise.resolve(ACCOUNT) }) as unknown as AwsClients,
});

/** What the stand-in has against a resource; nothing, for what the cluster stack is made of. */
async function failures({ type, name, inputs }: Registered): Promise<readonly string[]> {
  const call = { type, name, urn: `urn:pulumi:dev::ed8k::${type}::${name}`, oldInputs: undefined };
  const checked = await provider.check({ ...call, inputs: inputs as ValueMap, seed: new Uint8Array() });
  return checked.failures.map(({ property, reason }) => `${type} ${name}: ${property} ${reason}`);
}

describe("the aws stand-in and the cluster stack", () => {
  before(() => provider.configure({ region: "eu-west-1", allowedAccountIds: JSON.stringify([ACCOUNT]) }, SILENT));

  for (const { title, change } of [{ title: "as in Pulumi.dev.yaml", change: {} }, ...OPTIONS]) {
    it(`know each other: every resource, ${title}`, async () => {
      const { resources } = await registeredCluster(devConfig(change));
      const onAws = resources.filter(({ type }) => type.startsWith("aws:"));
      assert.ok(onAws.length > 0);
      assert.deepEqual((await Promise.all(onAws.map(failures))).flat(), []);
    });
  }

  it("know each other: the provider itself", async () => {
    const { resources } = await registeredCluster(devConfig());
    const [configured] = resources.filter(({ type }) => type === "pulumi:providers:aws");
    assert.deepEqual(provider.checkConfig((configured?.inputs ?? {}) as ValueMap).failures, []);
  });
});
