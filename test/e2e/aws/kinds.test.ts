import assert from "node:assert/strict";
import { AWS_TYPES, loadKind } from "../../../sandbox/providers/aws/kinds/table.js";
import { createClients } from "../../../sandbox/providers/aws/create-clients.js";
import { createAwsProvider } from "../../../sandbox/providers/aws/provider.js";
import { SILENT } from "../../../sandbox/providers/plugin/log.js";
import { Emulator } from "./emulator.js";
import { Life } from "./life.js";
import { samples } from "./samples/index.js";

describe("every AWS resource of the sandbox, on the emulator", () => {
  const emulator = new Emulator();
  const provider = createAwsProvider({
    loadKind,
    createClients: (options) => createClients({ ...options, env: emulator.env }),
  });
  const life = new Life(provider);

  before(async () => {
    await emulator.start();
    provider.configure({ region: "eu-west-1", allowedAccountIds: '["111122223333"]' }, SILENT);
  });

  after(() => emulator.stop());

  it("has a sample of each type", () => {
    assert.deepEqual([...new Set(samples.map(({ type }) => type))].sort(), AWS_TYPES);
  });

  for (const sample of samples) {
    it(`makes ${sample.name}, ${sample.type}, and finds it as it was asked for`, () => life.create(sample));
    it(`imports ${sample.name} by its id`, () => life.import(sample));
    sample.changes.forEach((change, index) => {
      it(`changes ${sample.name} (${index + 1}): ${change.expect}`, () => life.change(sample, change));
    });
  }

  for (const sample of [...samples].reverse()) {
    it(`removes ${sample.name}, and finds nothing to do the second time`, () => life.delete(sample));
  }
});
