import assert from "node:assert/strict";
import { type ClusterDestroy, destroyCluster } from "../../../../ed8kctl/cluster/destroy.js";
import { UNUSED } from "../../../../ed8kctl/engine/stacks.js";
import { type ClusterConfig, parseConfig } from "../../../../config.js";
import { UserError } from "../../../../errors.js";
import type { FakeApiServer } from "../../kube/fake-api-server.js";
import { cleanUp, errorOf, scratchFolder, setEnv } from "../../sandbox/scratch.js";
import { BACKEND, FakeOutput, ownNamespace } from "../environment/fixtures.js";
import { EMPTY, FakeStacks } from "../fake-stacks.js";
import { ownCluster, useKubeconfig } from "../own-machine.js";
import { EKS_CONFIG, EKS_FACTS, OWN_CONFIG } from "./fixtures.js";

const AWS = { account: "111122223333", region: "eu-west-1" };
const OWN_ACCOUNT = (): Promise<string> => Promise.resolve(AWS.account);
const NO_FILE = (): never => {
  throw new UserError("there is no Pulumi.dev.yaml");
};
const EKS_FILE = (): ClusterConfig => {
  const config = parseConfig("dev", EKS_CONFIG);
  if (config.kind !== "cluster") throw new Error("no cluster");
  return config;
};
const REMOVED = ["unprotect dev", "destroy dev", "remove dev"];

describe("ed8kctl cluster destroy", () => {
  let server: FakeApiServer;
  let stacks: FakeStacks;
  let out: FakeOutput;
  beforeEach(async () => {
    const cluster = await ownCluster();
    ({ server } = cluster);
    setEnv({ ED8K_CACHE: scratchFolder(), PULUMI_K8S_DELETE_UNREACHABLE: undefined });
    useKubeconfig({ company: server });
    stacks = new FakeStacks(BACKEND, { dev: OWN_CONFIG });
    stacks.records.set("dev", { ...EMPTY, isCluster: true, resources: 90, objects: 40 });
    stacks.said.set("dev", { cluster: cluster.facts });
    out = new FakeOutput();
  });
  afterEach(async () => {
    await server.stop();
    cleanUp();
  });

  function run(changes: Partial<ClusterDestroy> = {}) {
    const checkAccount = (): Promise<never> => assert.fail("asks AWS");
    const { signal } = new AbortController();
    return destroyCluster({ stack: "dev", stacks, out, signal, yes: true, checkAccount, file: NO_FILE, ...changes });
  }

  async function refused(changes: Partial<ClusterDestroy> = {}): Promise<UserError> {
    const error = await errorOf(() => run(changes));
    assert.ok(error instanceof UserError, error.stack);
    assert.deepEqual(stacks.calls, []);
    return error;
  }

  it("lifts the protection, removes what the stack has made, and the stack last", async () => {
    assert.deepEqual(await run(), { stack: "dev", removed: 90, aws: "elsewhere" });
    assert.deepEqual(stacks.calls, REMOVED);
  });

  it("is refused while environments are on it, which are named: namespaces and stacks alike", async () => {
    server.put(ownNamespace("bob"));
    stacks.configs.set("alice", {});
    stacks.configs.set("bob", {});
    const { message, hint } = await refused();
    assert.equal(message, "the cluster dev has 2 environments, and stays: alice, bob");
    assert.equal(
      hint,
      "remove them first: ed8kctl destroy alice --cluster dev --yes; ed8kctl destroy bob --cluster dev --yes",
    );
  });

  it("is refused for an environment that only its stack tells of, and for one that only its namespace does", async () => {
    stacks.configs.set("alice", {});
    assert.equal((await refused()).message, "the cluster dev has an environment, and stays: alice");
    stacks.configs.delete("alice");
    server.put(ownNamespace("bob"));
    assert.equal((await refused()).message, "the cluster dev has an environment, and stays: bob");
  });

  it("minds neither stacks of other clusters, nor clusters, nor stacks that are empty or never ended a run", async () => {
    stacks.configs.set("elsewhere", { "ed8k:cluster": "prod" });
    stacks.configs.set("prod", OWN_CONFIG);
    stacks.configs.set("empty", {});
    stacks.records.set("empty", EMPTY);
    stacks.configs.set("begun", UNUSED);
    await run();
    assert.deepEqual(stacks.calls, REMOVED);
  });

  it("minds a stack of another version of ED8K, whose config it does not understand", async () => {
    stacks.configs.set("alice", { "ed8k:new-key": "1" });
    assert.match((await refused()).message, /stays: alice$/);
  });

  it("is refused where another cluster answers", async () => {
    stacks.said.set("dev", { cluster: { ...EKS_FACTS, context: "company", aws: undefined, uid: "another" } });
    assert.match((await refused()).message, /^context "company" leads to another cluster/);
  });

  it("is refused where the cluster does not answer, and says how it is removed all the same", async () => {
    await server.stop();
    const { message, hint } = await refused();
    assert.match(message, /^the API server of the cluster dev does not answer here/);
    assert.match(hint ?? "", /PULUMI_K8S_DELETE_UNREACHABLE=true ed8kctl cluster destroy dev$/);
    setEnv({ PULUMI_K8S_DELETE_UNREACHABLE: "true" });
    await run();
    assert.deepEqual(stacks.calls, REMOVED);
    assert.match(out.lines[0] ?? "", /^warning: the API server does not answer/);
  });

  it("does not ask the cluster where nothing of ED8K is left in it: it may be gone already", async () => {
    await server.stop();
    stacks.records.set("dev", { ...EMPTY, isCluster: true, resources: 12 });
    await run();
    assert.deepEqual(stacks.calls, REMOVED);
  });

  it("asks for the name of the cluster", async () => {
    const wrong = new FakeOutput();
    wrong.words = "yes";
    const error = await refused({ yes: false, out: wrong });
    assert.deepEqual([error.message, error.exit], ["the cluster dev stays as it is", "interrupted"]);
    assert.deepEqual(wrong.questions, [
      "This removes the cluster dev with its 90 resources: nodes, Kafka with its topics, datasets and images. It cannot be undone. Write dev to go on:",
    ]);
    const right = new FakeOutput();
    right.words = "dev";
    await run({ yes: false, out: right });
    assert.deepEqual(stacks.calls, REMOVED);
  });

  it("checks the account first, and tells where on AWS the cluster was", async () => {
    stacks.configs.set("dev", EKS_CONFIG);
    stacks.records.set("dev", { ...EMPTY, isCluster: true, resources: 5 });
    const wrong = new UserError("another account");
    assert.equal(await refused({ checkAccount: () => Promise.reject(wrong) }), wrong);
    assert.deepEqual(await run({ checkAccount: () => Promise.resolve("111122223333") }), {
      stack: "dev",
      removed: 5,
      aws: { account: "111122223333", region: "eu-west-1" },
    });
  });

  it("goes on after an interruption, and again when all is gone", async () => {
    stacks.onDestroy = () => {
      throw new UserError("interrupted", { exit: "interrupted" });
    };
    assert.equal((await errorOf(() => run())).message, "interrupted");
    assert.equal(stacks.configs.has("dev"), true);
    stacks.onDestroy = () => ({ delete: 3 });
    await run();
    assert.deepEqual(await run(), { stack: "dev", removed: 0, aws: "unknown" });
  });

  it("asks where the stack's file says it was, when the stack is gone already", async () => {
    stacks.configs.delete("dev");
    assert.deepEqual(await run({ file: EKS_FILE, checkAccount: OWN_ACCOUNT }), { stack: "dev", removed: 0, aws: AWS });
    const failed = () => Promise.reject(new UserError("no credentials"));
    assert.deepEqual(await run({ file: EKS_FILE, checkAccount: failed }), { stack: "dev", removed: 0, aws: "unknown" });
    assert.deepEqual(out.lines, ["warning: AWS is not looked at: no credentials"]);
    assert.deepEqual(stacks.calls, []);
  });

  it("goes by the file after a first run that was killed: the account is checked, and looked at afterwards", async () => {
    stacks.configs.set("dev", UNUSED);
    stacks.said.delete("dev");
    stacks.records.set("dev", { ...EMPTY, isCluster: true, onAws: true, resources: 12 });
    const wrong = new UserError("another account");
    assert.equal(await refused({ file: EKS_FILE, checkAccount: () => Promise.reject(wrong) }), wrong);
    assert.deepEqual(await run({ file: EKS_FILE, checkAccount: OWN_ACCOUNT }), { stack: "dev", removed: 12, aws: AWS });
    assert.deepEqual(stacks.calls, REMOVED);
  });

  it("does not know where it was after such a run without the file", async () => {
    stacks.configs.set("dev", UNUSED);
    stacks.said.delete("dev");
    stacks.records.set("dev", { ...EMPTY, isCluster: true, onAws: true, resources: 12 });
    assert.equal((await run()).aws, "unknown");
  });

  it("removes a cluster whose config another version of ED8K wrote, by what its stack says", async () => {
    stacks.configs.set("dev", { ...EKS_CONFIG, "ed8k:new-key": "1" });
    stacks.records.set("dev", { ...EMPTY, isCluster: true, onAws: true, resources: 12 });
    stacks.said.set("dev", { cluster: { ...EKS_FACTS, more: 1 } });
    const checkAccount: ClusterDestroy["checkAccount"] = (target) => {
      assert.deepEqual(target, { stack: "dev", accounts: ["111122223333"], region: "eu-west-1" });
      return OWN_ACCOUNT();
    };
    assert.deepEqual((await run({ checkAccount })).aws, AWS);
    assert.deepEqual(stacks.calls, REMOVED);
  });

  it("removes an empty stack without asking, and none that is an environment's", async () => {
    stacks.configs.set("dev", UNUSED);
    stacks.records.set("dev", EMPTY);
    await run({ yes: false });
    assert.deepEqual(stacks.calls, ["remove dev"]);
    stacks.calls.splice(0);
    stacks.configs.set("dev", { "ed8k:cluster": "prod" });
    stacks.records.set("dev", { ...EMPTY, resources: 3 });
    assert.equal((await refused()).message, "dev is an environment, no cluster");
  });
});
