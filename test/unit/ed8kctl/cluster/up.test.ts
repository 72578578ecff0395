import assert from "node:assert/strict";
import { parseConfig } from "../../../../config.js";
import { applyCluster, type ClusterUp } from "../../../../ed8kctl/cluster/up.js";
import { clusterAppliedText } from "../../../../ed8kctl/cluster/up-text.js";
import type { StackConfig, UpOptions } from "../../../../ed8kctl/engine/stacks.js";
import { recallFacts } from "../../../../ed8kctl/known-clusters.js";
import { UserError } from "../../../../errors.js";
import { cleanUp, errorOf, scratchFolder, setEnv } from "../../sandbox/scratch.js";
import { BACKEND, FakeOutput } from "../environment/fixtures.js";
import { EMPTY, FakeStacks } from "../fake-stacks.js";
import { EKS_CONFIG, EKS_FACTS } from "./fixtures.js";

const FAILED = { kind: "update", succeeded: false, ended: "2026-11-24T09:00:00Z", changes: {} };

describe("ed8kctl cluster up", () => {
  let stacks: FakeStacks;
  let out: FakeOutput;
  beforeEach(() => {
    setEnv({ ED8K_CACHE: scratchFolder() });
    stacks = new FakeStacks(BACKEND);
    stacks.previewed = { create: 12, update: 3, same: 1 };
    stacks.onUp = () => ({ create: 12 });
    stacks.said.set("dev", { cluster: EKS_FACTS });
    out = new FakeOutput(true);
    out.terminal = true;
  });
  afterEach(cleanUp);

  function run(changes: Partial<ClusterUp> = {}, raw: StackConfig = EKS_CONFIG) {
    const config = parseConfig("dev", raw);
    if (config.kind !== "cluster") throw new Error("no cluster");
    const { signal } = new AbortController();
    const base = { stack: "dev", stacks, out, signal, yes: false, preview: false, refresh: false };
    return applyCluster({ ...base, file: { raw, config }, ...changes });
  }

  /** The stack is there, and its last run is known. */
  function applied(): void {
    stacks.configs.set("dev", EKS_CONFIG);
    stacks.records.set("dev", { ...EMPTY, isCluster: true, resources: 100, objects: 40 });
    stacks.updates.set("dev", { ...FAILED, succeeded: true });
  }

  it("tells what is to be done, asks, makes the stack and applies it; what it says is remembered", async () => {
    const done = await run();
    assert.deepEqual(out.questions, ["The cluster dev: 12 to create, 3 to change. Do it?"]);
    assert.deepEqual(stacks.calls, ["preview dev", "create dev without salt", "up dev"]);
    assert.deepEqual(done, {
      stack: "dev",
      preview: false,
      refreshed: false,
      changes: { create: 12 },
      facts: EKS_FACTS,
    });
    assert.deepEqual(recallFacts(BACKEND, "dev"), EKS_FACTS);
    assert.deepEqual(stacks.configs.get("dev"), EKS_CONFIG);
  });

  it("lists what would be done to what is there, before it asks; what is only made is counted", async () => {
    const step = { type: "aws:msk/cluster:Cluster", resource: "kafka", phase: "started", paths: ["brokers"] } as const;
    stacks.previewSteps = [
      { ...step, operation: "replace" },
      { ...step, resource: "vpc", operation: "create", paths: [] },
      { ...step, resource: "old", operation: "delete", paths: [] },
    ];
    await run();
    assert.deepEqual(out.lines, ["± replace kafka", "    brokers", "- delete old"]);
    const applied = await run({ preview: true });
    assert.equal(
      clusterAppliedText(applied),
      `± replace kafka
    brokers
- delete old
the cluster dev: 12 to create, 3 to change; next: ed8kctl cluster up dev`,
    );
  });

  it("runs the program of pulumi up, as a cluster's, with the config of the file", async () => {
    let seen: UpOptions | undefined;
    stacks.onUp = (_, options) => {
      seen = options;
      return {};
    };
    await run({ yes: true });
    assert.deepEqual([seen?.kind, seen?.config], ["cluster", EKS_CONFIG]);
    assert.equal(seen?.program.toString().includes("stackProgram"), true);
  });

  it("does nothing when the answer is no", async () => {
    out = new FakeOutput(false);
    out.terminal = true;
    const error = await errorOf(() => run());
    assert.deepEqual([error.message, (error as UserError).exit], ["the cluster dev stays as it is", "interrupted"]);
    assert.deepEqual(stacks.calls, ["preview dev"]);
  });

  it("asks nobody where nothing would change, nor with --yes, which needs no preview", async () => {
    applied();
    stacks.previewed = { same: 140 };
    await run();
    await run({ yes: true });
    assert.deepEqual(out.questions, []);
    assert.deepEqual(stacks.calls, ["preview dev", "up dev", "up dev"]);
  });

  it("is refused without a terminal and without --yes, before anything is looked at", async () => {
    out.terminal = false;
    const error = (await errorOf(() => run())) as UserError;
    assert.deepEqual([error.exit, error.hint], ["usage", "look with --preview, then agree with --yes"]);
    assert.deepEqual(stacks.calls, []);
  });

  it("only looks with --preview, and makes no stack", async () => {
    out.terminal = false;
    const done = await run({ preview: true });
    assert.deepEqual(done, {
      stack: "dev",
      preview: true,
      refreshed: false,
      changes: stacks.previewed,
      resources: [],
    });
    assert.deepEqual(stacks.calls, ["preview dev"]);
  });

  for (const [why, prepare] of [
    ["failed", () => stacks.updates.set("dev", FAILED)],
    ["was killed", () => stacks.records.set("dev", { ...EMPTY, isCluster: true, hasPending: true })],
  ] as const) {
    it(`looks first at what there really is when the last run ${why}`, async () => {
      applied();
      prepare();
      const { refreshed } = await run();
      assert.equal(refreshed, true);
      assert.deepEqual(stacks.calls, ["preview dev --refresh", "up dev --refresh"]);
      assert.deepEqual(out.lines, ["the last run did not succeed: looking first at what there really is"]);
    });
  }

  it("tells what a killed run was just making on AWS, once, before it goes on", async () => {
    applied();
    const begunOnAws = ["urn:pulumi:dev::ed8k::ed8k:aws:AwsCluster$aws:ec2/vpc:Vpc::vpc"];
    stacks.records.set("dev", { ...EMPTY, isCluster: true, onAws: true, hasPending: true, begunOnAws });
    await run({ yes: true });
    assert.deepEqual(out.lines, [
      "the last run did not succeed: looking first at what there really is",
      `warning: a run was killed while it made ${begunOnAws[0] ?? ""}: it may be on AWS a second time after this; look for it, and delete the one that stack dev does not name`,
    ]);
    assert.deepEqual(stacks.calls, ["up dev --refresh"]);
  });

  it("does so when it is asked to", async () => {
    applied();
    await run({ yes: true, refresh: true });
    assert.deepEqual([stacks.calls, out.lines], [["up dev --refresh"], []]);
  });

  it("encrypts a new stack with the key that its config names", async () => {
    const provider = "awskms:///alias/ed8k-state?region=eu-west-1";
    await run({ yes: true }, { ...EKS_CONFIG, "ed8k:secretsProvider": provider });
    assert.deepEqual(stacks.calls, [`create dev ${provider}`, "up dev"]);
  });

  it("does not empty a cluster that is in use because ed8k:platform is false", async () => {
    applied();
    const without = { ...EKS_CONFIG, "ed8k:platform": "false" };
    const error = (await errorOf(() => run({ yes: true }, without))) as UserError;
    assert.equal(
      error.message,
      "ed8k:platform is false, and 40 objects run in the cluster dev already: they would be removed",
    );
    assert.deepEqual([error.exit, stacks.calls], ["usage", []]);
  });

  it("goes no two versions of Kubernetes up at once", async () => {
    applied();
    stacks.said.set("dev", { cluster: { ...EKS_FACTS, kubernetesVersion: "1.34.4" } });
    const error = (await errorOf(() => run({ yes: true }))) as UserError;
    assert.match(error.message, /^the cluster dev has Kubernetes 1\.34, and ed8k:eks\.version is 1\.36: EKS takes/);
    assert.deepEqual([error.exit, stacks.calls], ["usage", []]);
  });

  it("applies the AWS parts of a new cluster alone, and remembers nothing of it", async () => {
    stacks.said.set("dev", { cluster: { name: "dev", platform: false } });
    const done = await run({ yes: true }, { ...EKS_CONFIG, "ed8k:platform": "false" });
    assert.equal("facts" in done, false);
    assert.equal(recallFacts(BACKEND, "dev"), undefined);
  });

  it("says what to do where the private API server does not answer", async () => {
    stacks.onUp = () => {
      throw new UserError("dev: configured Kubernetes cluster is unreachable: dial tcp 10.64.0.9:443: i/o timeout");
    };
    const error = (await errorOf(() => run({ yes: true }))) as UserError;
    assert.match(error.message, /^the API server of the cluster dev does not answer here: dev: configured/);
    assert.equal(error.hint, "connect to the VPN, and run ed8kctl cluster up dev again");
  });

  it("tells the next command", () => {
    const told = { stack: "dev", preview: false, refreshed: false, changes: { create: 2, same: 4 } };
    assert.equal(
      clusterAppliedText({ ...told, facts: EKS_FACTS }),
      "the cluster dev is applied (2 created)\nnext: ed8kctl cluster kubeconfig dev, ed8kctl cluster status dev",
    );
    const { aws: _, ...own } = EKS_FACTS;
    assert.equal(
      clusterAppliedText({ ...told, changes: {}, facts: own }),
      "the cluster dev is applied (nothing had to be changed)\nnext: ed8kctl cluster status dev",
    );
    assert.match(clusterAppliedText(told), /^next, where .* pulumi config set ed8k:platform true --stack dev, then/m);
    assert.equal(
      clusterAppliedText({ ...told, preview: true }),
      "the cluster dev: 2 to create; next: ed8kctl cluster up dev",
    );
    assert.equal(
      clusterAppliedText({ ...told, preview: true, changes: { same: 6 } }),
      "the cluster dev is as its file says: nothing would change",
    );
  });
});
