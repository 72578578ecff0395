import assert from "node:assert/strict";
import type { Applied } from "../../../../ed8kctl/environment/applied.js";
import { createEnvironment } from "../../../../ed8kctl/environment/create.js";
import { UNUSED } from "../../../../ed8kctl/engine/stacks.js";
import type { Target } from "../../../../ed8kctl/target.js";
import { UserError } from "../../../../errors.js";
import type { FakeApiServer } from "../../kube/fake-api-server.js";
import { cleanUp, errorOf, setEnv } from "../../sandbox/scratch.js";
import { FakeStacks } from "../fake-stacks.js";
import { environmentNamespace, live } from "../live/objects.js";
import { BACKEND, FakeOutput, ownCatalogue, ownNamespace, startCluster, writes } from "./fixtures.js";

describe("making an environment", () => {
  let server: FakeApiServer;
  let target: Target;
  let out: FakeOutput;
  let catalogue: string;
  beforeEach(async () => {
    ({ server, target } = await startCluster());
    out = new FakeOutput();
    catalogue = ownCatalogue();
    setEnv({ ED8K_USER: "alice" });
  });
  afterEach(async () => {
    // The engine alone makes things; nothing here writes to the cluster.
    assert.deepEqual(writes(server), []);
    await server.stop();
    cleanUp();
  });

  function create(
    stacks: FakeStacks,
    options: Readonly<Record<string, string>> = {},
    name = "alice",
  ): Promise<Applied> {
    const { signal } = new AbortController();
    return createEnvironment({ target, stacks, name, options: { catalogue, ...options }, out, signal });
  }

  async function refused(work: Promise<unknown>): Promise<UserError> {
    const error = await errorOf(() => work);
    assert(error instanceof UserError, error.stack);
    return error;
  }

  it("makes its stack with the passphrase of the cluster's, then brings it to the plan", async () => {
    const stacks = new FakeStacks(BACKEND);
    const applied = await create(stacks, { size: "l" });
    assert.deepEqual(stacks.calls, ["create alice salt of dev", "up alice"]);
    assert.deepEqual(stacks.configs.get("alice"), { "ed8k:catalogue": catalogue, "ed8k:size": "l" });
    assert.deepEqual(applied, {
      environment: "alice",
      services: [{ name: "web", version: "1.0.0", urls: [] }],
      notes: [],
      changes: { create: 1 },
    });
    assert.deepEqual(out.steps, ["alice", "alice > plan", "alice > plan: done", "alice: done"]);
  });

  it("makes nothing when what is asked for is wrong", async () => {
    const stacks = new FakeStacks(BACKEND);
    assert.equal((await refused(create(stacks, { profile: "huge" }))).exit, "usage");
    assert.deepEqual(stacks.calls, []);
    assert.deepEqual(out.steps.slice(-2), ["alice > plan: failed", "alice: failed"]);
  });

  it("changes only what is said of one that is there", async () => {
    const stacks = new FakeStacks(BACKEND, { alice: { "ed8k:size": "l", "ed8k:owner": "carol" } });
    server.put(ownNamespace("alice"));
    setEnv({ ED8K_USER: "bob" });
    await create(stacks, { profile: "none" });
    assert.deepEqual(stacks.calls, ["up alice --refresh"]);
    assert.deepEqual(stacks.configs.get("alice"), {
      "ed8k:catalogue": catalogue,
      "ed8k:owner": "carol",
      "ed8k:profile": "none",
      "ed8k:size": "l",
    });
  });

  it("keeps the spec of a stack whose namespace is gone", async () => {
    const stacks = new FakeStacks(BACKEND, { alice: { "ed8k:size": "l", "ed8k:owner": "carol" } });
    await create(stacks);
    assert.deepEqual(stacks.calls, ["create alice salt of dev", "up alice --refresh"]);
    const expected = { "ed8k:catalogue": catalogue, "ed8k:owner": "carol", "ed8k:size": "l" };
    assert.deepEqual(stacks.configs.get("alice"), expected);
  });

  it("makes the stack of a namespace that has none any more, with the right passphrase", async () => {
    const stacks = new FakeStacks(BACKEND);
    server.put(ownNamespace("alice"));
    await create(stacks);
    assert.deepEqual(stacks.calls, ["create alice salt of dev", "up alice --refresh"]);
  });

  it("takes the owner and the cluster from whoever finishes a run that was killed before it wrote them down", async () => {
    for (const namespace of [undefined, ownNamespace("pair")]) {
      const stacks = new FakeStacks(BACKEND, { pair: UNUSED });
      if (namespace !== undefined) server.put(namespace);
      target = { ...target, facts: { ...target.facts, name: "second" } };
      await create(stacks, { cluster: "second" }, "pair");
      const expected = { "ed8k:catalogue": catalogue, "ed8k:cluster": "second", "ed8k:owner": "alice" };
      assert.deepEqual(stacks.configs.get("pair"), expected);
    }
  });

  it("waits until an old one is gone", async () => {
    const stacks = new FakeStacks(BACKEND);
    server.put(ownNamespace("alice", { deletionTimestamp: "2026-11-24T12:00:00Z" }));
    const namespace = { apiVersion: "v1", kind: "Namespace", name: "alice" };
    setTimeout(() => server.remove(namespace), 300);
    stacks.onUp = async () => {
      assert.equal(await target.client.find(namespace), undefined);
      return {};
    };
    await create(stacks);
    const label = "alice > wait until the old one is gone";
    assert.deepEqual(out.steps.slice(-3), [label, `${label}: done`, "alice: done"]);
  });

  it("refuses a namespace that is no environment, or another backend's", async () => {
    const stacks = new FakeStacks(BACKEND);
    server.put(live("Namespace payments"));
    const foreign = await refused(create(stacks, {}, "payments"));
    assert.equal(
      foreign.message,
      "the cluster has a namespace payments that is no environment; nothing of it is touched",
    );
    const theirs = environmentNamespace("alice", "bob", { annotations: { "ed8k.dev/backend": "s3://theirs" } });
    server.put(theirs);
    const other = await refused(create(stacks));
    assert.equal(other.message, "the environment alice is kept in the backend s3://theirs, not in file:///state");
    assert.deepEqual(stacks.calls, []);
  });

  it("refuses a cluster's stack and one on another cluster", async () => {
    const stacks = new FakeStacks(BACKEND, { alice: { "ed8k:kind": "cluster" }, bob: { "ed8k:cluster": "second" } });
    const cluster = await refused(create(stacks));
    assert.deepEqual([cluster.message, cluster.exit], ["alice is a cluster stack, no environment", "usage"]);
    const elsewhere = await refused(create(stacks, {}, "bob"));
    assert.equal(elsewhere.message, "the environment bob is on the cluster second, not on dev");
    assert.deepEqual([elsewhere.hint, elsewhere.exit], ["add --cluster second", "usage"]);
    assert.ok(!stacks.calls.some((call) => call.startsWith("up")), String(stacks.calls));
  });

  it("refuses one more than an owner may have, but not to change one that is there", async () => {
    target = { ...target, facts: { ...target.facts, environmentsPerOwner: 2 } };
    for (const name of ["one", "two"]) {
      const { metadata } = ownNamespace(name);
      server.put(ownNamespace(name, { labels: { ...metadata.labels, "ed8k.dev/owner": "alice" } }));
    }
    server.put(ownNamespace("bob"));
    const stacks = new FakeStacks(BACKEND, { two: { "ed8k:owner": "alice" } });
    const { message, hint } = await refused(create(stacks, {}, "three"));
    assert.equal(message, "alice has 2 environments, and 2 are allowed: one, two");
    assert.equal(hint, "remove one first: ed8kctl destroy one");
    assert.deepEqual(stacks.calls, []);
    await create(stacks, {}, "two");
    await create(stacks, { owner: "carol" }, "three");
    assert.deepEqual(stacks.calls, ["up two --refresh", "create three salt of dev", "up three"]);
  });

  it("fails as the engine does, and tells what the engine tells", async () => {
    const stacks = new FakeStacks(BACKEND);
    stacks.onUp = (_, { onDiagnostic }) => {
      onDiagnostic?.("info", "an earlier run was killed");
      onDiagnostic?.("error", "no such image");
      throw new UserError("alice: no such image");
    };
    assert.equal((await refused(create(stacks))).message, "alice: no such image");
    assert.deepEqual(out.lines, ["an earlier run was killed", "warning: no such image"]);
    assert.equal(out.steps.at(-1), "alice: failed");
  });
});
