import assert from "node:assert/strict";
import { AWS_TYPES, loadKind } from "../../../../../../sandbox/providers/aws/kinds/table.js";

describe("the table of AWS kinds", () => {
  it("has every type where it says, without contradictions", async () => {
    const kinds = await Promise.all(AWS_TYPES.map(loadKind));
    assert.deepEqual(
      kinds.map(({ type }) => type),
      AWS_TYPES,
    );
    for (const kind of kinds) {
      const { type, inputs, required, defaults = {}, computed } = kind;
      const names = Object.keys(inputs);
      const strange = [...required, ...Object.keys(defaults)].filter((name) => !names.includes(name));
      assert.deepEqual(strange, [], `${type} requires or completes what it does not have`);
      assert.deepEqual(
        required.filter((name) => name in defaults),
        [],
        `${type} requires what it completes`,
      );
      assert.deepEqual(
        computed.filter((name) => names.includes(name)),
        [],
        `${type} computes what is given`,
      );
      const updates = Object.values(inputs).includes("update");
      assert.equal("update" in kind, updates, `${type} updates in place what it says`);
    }
  });

  it("refuses any other type with the list", async () => {
    await assert.rejects(loadKind("aws:rds/cluster:Cluster"), {
      message: `aws:rds/cluster:Cluster is not supported by the sandbox's aws provider; supported are ${AWS_TYPES.join(", ")}`,
    });
    await assert.rejects(loadKind("toString"), /toString is not supported/);
  });
});
