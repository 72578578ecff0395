import assert from "node:assert/strict";
import fc from "fast-check";
import { anyJson } from "./json.js";
import { type EnvironmentConfig, parseConfig, toStackConfig } from "../../config.js";
import { SIZES } from "../../environments/size.js";

const ALICE: EnvironmentConfig = {
  kind: "environment",
  name: "alice",
  cluster: "dev",
  catalogue: "services/catalogue.yaml",
  profile: "minimal",
  start: [],
  stop: [],
  size: "m",
  owner: "alice",
  collaborators: [],
  versions: {},
  values: {},
};

const ENVIRONMENT_KEYS = "cluster, catalogue, profile, start, stop, size, owner, collaborators, versions, values";
const CLUSTER_KEYS =
  "provider, context, domain, ingressClass, allowedRegistries, environmentsPerOwner, images, ingressPort, secretsProvider";

describe("the config of a stack", () => {
  it("of an environment needs nothing: every key has a default, and the owner is called as the environment", () => {
    assert.deepEqual(parseConfig("alice", {}), ALICE);
  });

  it("of an environment is read from text, lists and objects from JSON", () => {
    const raw = {
      "ed8k:profile": "full",
      "ed8k:start": '["bos","fx-suite"]',
      "ed8k:stop": '["search"]',
      "ed8k:size": "l",
      "ed8k:owner": "Alice.Smith",
      "ed8k:collaborators": '["bob"]',
      "ed8k:versions": '{"bos":"1.2.3"}',
      "ed8k:values": '{"bos":{"web":{"replicas":2}}}',
    };
    assert.deepEqual(parseConfig("alice", raw), {
      ...ALICE,
      profile: "full",
      start: ["bos", "fx-suite"],
      stop: ["search"],
      size: "l",
      owner: "Alice.Smith",
      collaborators: ["bob"],
      versions: { bos: "1.2.3" },
      values: { bos: { web: { replicas: 2 } } },
    });
  });

  it("of a cluster needs a context", () => {
    assert.deepEqual(parseConfig("dev", { "ed8k:kind": "cluster", "ed8k:context": "kind-dev" }), {
      kind: "cluster",
      name: "dev",
      provider: "existing",
      context: "kind-dev",
      domain: "ed8k.localhost",
      ingressClass: "ed8k",
      allowedRegistries: [],
      environmentsPerOwner: 5,
      images: [],
      ingressPort: 80,
      secretsProvider: "passphrase",
    });
    assert.throws(() => parseConfig("dev", { "ed8k:kind": "cluster" }), {
      name: "UserError",
      message: "config of dev: ed8k:context: is missing",
      hint: "pulumi config set ed8k:context …",
      exit: "usage",
    });
  });

  it("leaves other projects' keys alone", () => {
    assert.deepEqual(parseConfig("alice", { "aws:region": "eu-west-1", "kubernetes:context": "x" }), ALICE);
  });

  for (const [what, raw, message, hint] of [
    [
      "an unknown kind",
      { "ed8k:kind": "clster" },
      'config of alice: ed8k:kind: "clster" is not allowed: it is "environment" or "cluster"',
      "pulumi config set ed8k:kind environment --stack alice",
    ],
    [
      "an unknown key, with what was meant",
      { "ed8k:profil": "full" },
      `config of alice: ed8k:profil: is no key of the config; there are ${ENVIRONMENT_KEYS}`,
      "did you mean ed8k:profile?",
    ],
    [
      "an unknown key that is like no other",
      { "ed8k:zzz": "1" },
      `config of alice: ed8k:zzz: is no key of the config; there are ${ENVIRONMENT_KEYS}`,
      "pulumi config rm ed8k:zzz",
    ],
    [
      "a size that there is not",
      { "ed8k:size": "xl" },
      'config of alice: ed8k:size: "xl" is not allowed; it is one of s, m, l',
      undefined,
    ],
    [
      "text where a list belongs",
      { "ed8k:start": "bos" },
      'config of alice: ed8k:start: "bos" is not allowed; it must be a list',
      undefined,
    ],
    [
      "a list that is broken JSON",
      { "ed8k:start": '["bos"' },
      'config of alice: ed8k:start: "[\\"bos\\"" is not allowed; it must be a list',
      undefined,
    ],
    [
      "a service's name that cannot be one, with its place in the list",
      { "ed8k:start": '["bos","Fx Suite"]' },
      'config of alice: ed8k:start[1]: "Fx Suite" is no service\'s name: lower-case letters, digits and dashes',
      undefined,
    ],
    [
      "an owner that is no session name",
      { "ed8k:owner": "a@b@c" },
      'config of alice: ed8k:owner: "a@b@c" is no user name: letters, digits, dashes, underscores and single dots, with at most one "@" inside',
      undefined,
    ],
    [
      "an owner that is too long for a label",
      { "ed8k:owner": `a@${"b".repeat(61)}` },
      `config of alice: ed8k:owner: "a@${"b".repeat(61)}" is too long: at most 63 characters, with "@" counted as two`,
      undefined,
    ],
    [
      "a catalogue outside of the project",
      { "ed8k:catalogue": "/etc/catalogue.yaml" },
      'config of alice: ed8k:catalogue: "/etc/catalogue.yaml" must be relative to the project',
      undefined,
    ],
    [
      "values that are none",
      { "ed8k:values": '{"bos":3}' },
      "config of alice: ed8k:values.bos: 3 is not allowed; it must be a mapping",
      undefined,
    ],
  ] as const) {
    it(`refuses ${what}`, () => {
      assert.throws(() => parseConfig("alice", raw), { name: "UserError", message, hint, exit: "usage" });
    });
  }

  it("tells all faults at once", () => {
    const raw = { "ed8k:kind": "cluster", "ed8k:provider": "gke", "ed8k:domain": "Example", "ed8k:contxt": "x" };
    assert.throws(() => parseConfig("dev", raw), {
      message: `config of dev: 4 faults:
  - ed8k:contxt: is no key of the config; there are ${CLUSTER_KEYS} (did you mean ed8k:context?)
  - ed8k:provider: "gke" is not allowed; it is one of existing, eks
  - ed8k:context: is missing (pulumi config set ed8k:context …)
  - ed8k:domain: "Example" is no domain: lower-case labels with dots between them`,
    });
  });

  for (const name of ["Alice", "alice--x", "default", "kube-x", "--help", "..", "a".repeat(21), ""]) {
    it(`refuses ${JSON.stringify(name)} as an environment's name, with what is allowed`, () => {
      assert.throws(() => parseConfig(name, {}), {
        name: "UserError",
        message: new RegExp(`^"${name.replaceAll(".", "\\.")}" is no name for an environment: `),
        hint: 'choose a name such as "alice" (≤ 20 letters)',
        exit: "usage",
      });
    });
  }

  it("is written back without what equals its default", () => {
    assert.deepEqual(toStackConfig(ALICE), {});
    assert.deepEqual(toStackConfig({ ...ALICE, size: "s", start: ["bos"], owner: "bob" }), {
      "ed8k:size": "s",
      "ed8k:start": '["bos"]',
      "ed8k:owner": "bob",
    });
  });

  it("comes back the same, whatever it is", () => {
    const service = fc.stringMatching(/^[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,4})?$/);
    const person = fc.stringMatching(/^[A-Za-z0-9]([A-Za-z0-9_-]{0,9}[A-Za-z0-9])?([.@][A-Za-z0-9]{1,9})?$/);
    const json = anyJson.map((value) => value as never);
    const config = fc.record({
      kind: fc.constant("environment" as const),
      name: fc.constantFrom("alice", "bob-2", "pr-17"),
      cluster: service,
      catalogue: fc.constantFrom("services/catalogue.yaml", "../ours.yaml"),
      profile: service,
      start: fc.array(service),
      stop: fc.array(service),
      size: fc.constantFrom(...SIZES),
      owner: person,
      collaborators: fc.array(person),
      versions: fc.dictionary(service, fc.string({ minLength: 1 }), { noNullPrototype: true }),
      values: fc.dictionary(service, fc.dictionary(service, json, { noNullPrototype: true }), {
        noNullPrototype: true,
      }),
    });
    fc.assert(
      fc.property(config, (spec) => {
        assert.deepEqual(parseConfig(spec.name, toStackConfig(spec)), { ...spec });
      }),
    );
  });
});
