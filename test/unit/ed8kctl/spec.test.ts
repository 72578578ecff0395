import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseConfig, toStackConfig, type EnvironmentConfig } from "../../../config.js";
import { UNUSED } from "../../../ed8kctl/engine/stacks.js";
import { specFrom } from "../../../ed8kctl/spec.js";
import { cleanUp, scratchFolder, setEnv } from "../sandbox/scratch.js";

const DEFAULTS = parseConfig("pair", {}) as EnvironmentConfig;

describe("the spec that options ask for", () => {
  beforeEach(() => setEnv({ ED8K_USER: "alice" }));
  afterEach(cleanUp);

  function file(name: string, text: string): string {
    const path = join(scratchFolder(), name);
    writeFileSync(path, text);
    return path;
  }

  it("is all defaults where nothing is said, and whoever asks owns it", () => {
    assert.deepEqual(specFrom("pair", {}), { ...DEFAULTS, owner: "alice" });
  });

  it("makes whoever the cluster sees the owner of a new one, unless another is named, and never of one that is there", () => {
    assert.equal(specFrom("pair", { asker: "carol" }).owner, "carol");
    assert.equal(specFrom("pair", { asker: "carol", owner: "dave" }).owner, "dave");
    assert.equal(specFrom("pair", { asker: "carol" }, { "ed8k:owner": "bob" }).owner, "bob");
  });

  it("is what every option says", () => {
    const options = {
      profile: "full",
      start: ["kafka-ui"],
      stop: ["mailbox", "bos"],
      size: "l",
      owner: "carol",
      collaborator: ["bob", "dave"],
      pin: ["bos=1.2.3", "fxsuite=2.0.0-rc.1+a=b"],
      values: [`bos=${file("values.yaml", "web:\n  replicas: 2\n")}`],
      catalogue: "services/other.yaml",
      cluster: "second",
    };
    assert.deepEqual(specFrom("pair", options), {
      kind: "environment",
      name: "pair",
      cluster: "second",
      catalogue: "services/other.yaml",
      profile: "full",
      start: ["kafka-ui"],
      stop: ["mailbox", "bos"],
      size: "l",
      owner: "carol",
      collaborators: ["bob", "dave"],
      versions: { bos: "1.2.3", fxsuite: "2.0.0-rc.1+a=b" },
      values: { bos: { web: { replicas: 2 } } },
    });
  });

  it("leaves as it is what is not said: pins and values by service, and where and whose it is", () => {
    const before: EnvironmentConfig = {
      ...DEFAULTS,
      profile: "full",
      owner: "carol",
      cluster: "second",
      start: ["kafka-ui"],
      versions: { bos: "1.0.0", fxsuite: "1.0.0" },
      values: { bos: { debug: true }, fxsuite: { debug: true } },
    };
    const options = {
      start: ["mailbox"],
      pin: ["bos=2.0.0"],
      values: [`bos=${file("values.yaml", "replicas: 2")}`],
      cluster: "dev",
    };
    assert.deepEqual(specFrom("pair", options, toStackConfig(before)), {
      ...before,
      start: ["mailbox"],
      versions: { bos: "2.0.0", fxsuite: "1.0.0" },
      values: { bos: { replicas: 2 }, fxsuite: { debug: true } },
    });
    assert.deepEqual(specFrom("pair", {}, toStackConfig(before)), before);
  });

  it("keeps the owner of one that is all defaults, but not of one that was never finished", () => {
    assert.equal(specFrom("pair", {}, {}).owner, "pair");
    const finished = specFrom("pair", { cluster: "second" }, UNUSED);
    assert.deepEqual([finished.owner, finished.cluster], ["alice", "second"]);
  });

  it("tells all faults of the options at once", () => {
    const broken = file("broken.yaml", "a: b: c\n");
    const list = file("list.yaml", "- a\n");
    const missing = join(scratchFolder(), "none.yaml");
    const options = { pin: ["bos", "=1.0.0", "bos="], values: [`a=${broken}`, `b=${list}`, `c=${missing}`] };
    assert.throws(() => specFrom("pair", options), {
      name: "UserError",
      exit: "usage",
      message: [
        "options for pair: 6 faults:",
        '  - --pin: "bos" is not allowed; it is service=… (--pin bos=…)',
        '  - --pin: "=1.0.0" is not allowed; it is service=… (--pin bos=…)',
        '  - --pin: "bos=" is not allowed; it is service=… (--pin bos=…)',
        `  - ${broken}:1:4: is no valid YAML: Nested mappings are not allowed in compact mappings`,
        `  - ${list}: holds no values: it must be a YAML mapping`,
        `  - ${missing}: cannot be read`,
      ].join("\n"),
    });
  });

  it("tells all faults of the config at once", () => {
    assert.throws(() => specFrom("pair", { size: "xxl", owner: "me@our@company" }), {
      message: /^config of pair: 2 faults:\n {2}- ed8k:size: "xxl" .*\n {2}- ed8k:owner: "me@our@company" /,
    });
  });

  it("tells the faults of options together with those of the config", () => {
    assert.throws(() => specFrom("pair", { size: "xxl", pin: ["bos"] }), {
      name: "UserError",
      exit: "usage",
      message: [
        "options for pair: 2 faults:",
        '  - --pin: "bos" is not allowed; it is service=… (--pin bos=…)',
        '  - ed8k:size: "xxl" is not allowed; it is one of s, m, l',
      ].join("\n"),
    });
  });

  it("refuses the stack of a cluster and a name that is none", () => {
    const cluster = { "ed8k:kind": "cluster" };
    assert.throws(() => specFrom("second", {}, cluster), { message: "second is a cluster stack, no environment" });
    assert.throws(() => specFrom("Pair", {}), { exit: "usage", message: /^"Pair" is no name for an environment/ });
  });
});
