import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { configDefaults, parseConfig } from "../../config.js";
import { checkoutRoot } from "../../sandbox/paths.js";

interface Declared {
  readonly type: string;
  readonly default: unknown;
  readonly description: string;
}

const { config } = parse(readFileSync(join(checkoutRoot(), "Pulumi.yaml"), "utf8")) as {
  config: Record<string, Declared>;
};
/** As the engine hands declared defaults on to programs. */
const injected = Object.fromEntries(
  Object.entries(config).map(([key, { default: value }]) => [
    key,
    typeof value === "string" ? value : JSON.stringify(value),
  ]),
);

describe("Pulumi.yaml", () => {
  it("declares every key of the config with its default, and no other", () => {
    assert.deepEqual(injected, configDefaults());
  });

  it("describes every key", () => {
    const undescribed = Object.entries(config).filter(([, { description }]) => description.trim() === "");
    assert.deepEqual(undescribed, []);
  });

  it("gives stacks of either kind the defaults of all keys, which changes nothing", () => {
    const prefixed = Object.fromEntries(Object.entries(injected).map(([key, text]) => [`ed8k:${key}`, text]));
    assert.deepEqual(parseConfig("alice", prefixed), parseConfig("alice", {}));
    const cluster = { "ed8k:kind": "cluster", "ed8k:context": "kind-dev" };
    assert.deepEqual(parseConfig("dev", { ...prefixed, ...cluster }), parseConfig("dev", cluster));
    const eks = {
      "ed8k:kind": "cluster",
      "ed8k:provider": "eks",
      "ed8k:aws": '{"accounts":["111122223333"],"access":{"cidrs":["10.8.0.0/16"]}}',
      "ed8k:eks": '{"developers":["arn:aws:iam::111122223333:role/ed8k-developer"]}',
    };
    assert.deepEqual(parseConfig("dev", { ...prefixed, ...eks }), parseConfig("dev", eks));
  });

  it("refuses a key of the other kind that somebody has set", () => {
    assert.throws(() => parseConfig("alice", { "ed8k:domain": "dev.example.com" }), {
      name: "UserError",
      message: /^config of alice: ed8k:domain: is no key of the config; there are cluster, catalogue/,
    });
  });
});
