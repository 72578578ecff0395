import assert from "node:assert/strict";
import { hasFacts, parseFacts } from "../../../cluster/outputs.js";
import { FACTS } from "./facts.js";

describe("the contract between cluster and environments", () => {
  it("is read as the cluster stack writes it", () => {
    assert.deepEqual(parseFacts("dev", JSON.parse(JSON.stringify(FACTS))), FACTS);
  });

  it("says that a cluster stack was never applied", () => {
    assert.throws(() => parseFacts("dev", undefined), {
      name: "UserError",
      message: "the cluster stack dev was never applied",
      hint: "pulumi up --stack dev",
    });
  });

  it("says that a cluster stack was applied by another version", () => {
    assert.throws(() => parseFacts("dev", { ...FACTS, gateway: "envoy" }), {
      message: "the cluster stack dev was applied by another version of ED8K",
    });
    assert.throws(() => parseFacts("dev", { name: "dev" }), { message: /another version/ });
  });

  it("says that a cluster stack was applied without what runs in the cluster", () => {
    const output = { name: "dev", platform: false };
    assert.throws(() => parseFacts("dev", output), {
      message: "the cluster stack dev was applied without what runs in the cluster",
      hint: "from where its API server is reached: pulumi config set ed8k:platform true --stack dev, then pulumi up --stack dev",
    });
    assert.deepEqual([hasFacts(output), hasFacts(undefined), hasFacts(FACTS)], [false, false, true]);
  });

  it("holds no credential", () => {
    assert.deepEqual(
      Object.keys(FACTS).filter((key) => /token|secret|password|kubeconfig|certificate/i.test(key)),
      // The name of what encrypts, such as awskms:///alias/….
      ["secretsProvider"],
    );
  });
});
