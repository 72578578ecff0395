import assert from "node:assert/strict";
import { readClusterStatus, type StatusSources } from "../../../../ed8kctl/cluster/status.js";
import { clusterStatusText } from "../../../../ed8kctl/cluster/status-text.js";
import { UNUSED } from "../../../../ed8kctl/engine/stacks.js";
import { UserError } from "../../../../errors.js";
import { BACKEND } from "../environment/fixtures.js";
import { EMPTY, FakeStacks } from "../fake-stacks.js";
import { FACTS } from "../live/facts.js";
import { EKS_CONFIG, EKS_FACTS, OWN_CONFIG } from "./fixtures.js";

const NOW = Date.parse("2026-11-24T10:00:00Z");
const UPDATE = { kind: "update", succeeded: true, ended: "2026-11-24T09:00:00Z", changes: { create: 146 } };
const LOOK = { version: "1.36.3", nodes: { ready: 2, total: 3 }, environments: ["alice", "bob"] };
const USE = { budget: 2400, used: 40, left: 2360 };

describe("ed8kctl cluster status", () => {
  let stacks: FakeStacks;
  beforeEach(() => {
    stacks = new FakeStacks(BACKEND, { dev: EKS_CONFIG });
    stacks.records.set("dev", { ...EMPTY, isCluster: true, resources: 146, objects: 40 });
    stacks.updates.set("dev", UPDATE);
    stacks.said.set("dev", { cluster: EKS_FACTS });
  });

  function read(changes: Partial<StatusSources> = {}, stack = "dev") {
    const sources = { stacks, look: () => Promise.resolve(LOOK), partitions: () => Promise.resolve(USE), now: NOW };
    return readClusterStatus(stack, { ...sources, ...changes }, new AbortController().signal);
  }

  it("tells what there is of a cluster on AWS, and what of its limits is used", async () => {
    const status = await read();
    const { addOns = [], ...rest } = status;
    assert.ok(addOns.includes("karpenter"));
    assert.deepEqual(rest, {
      stack: "dev",
      state: "applied",
      provider: "eks",
      resources: 146,
      lastUpdate: UPDATE,
      kubernetes: { version: "1.36", endOfStandardSupport: "2027-08-02", daysLeft: 250, by: "cluster" },
      aws: {
        account: "111122223333",
        region: "eu-west-1",
        cluster: "ed8k-dev",
        endpoint: "https://ABC.gr7.eu-west-1.eks.amazonaws.com",
      },
      live: LOOK,
      partitions: USE,
    });
    assert.equal(
      clusterStatusText({ ...status, addOns: ["karpenter", "storage"] }, NOW),
      `cluster       dev, applied (146 resources)
last run      update 1h ago succeeded: 146 created
AWS           ed8k-dev in account 111122223333, eu-west-1; API server https://ABC.gr7.eu-west-1.eks.amazonaws.com
Kubernetes    1.36, standard support until 2027-08-02 (250 days)
nodes         2 of 3 ready
Kafka         40 of 2400 replicas of partitions used, 2360 left
add-ons       asked for: karpenter, storage
environments  2: alice, bob
drift         not looked for; ed8kctl cluster up dev --preview --refresh does
next: ed8kctl create NAME, ed8kctl list --all`,
    );
  });

  it("tells what does not answer, and why, and all else", async () => {
    const status = await read({
      look: () => Promise.reject(new UserError("the cluster cannot be reached", { hint: "connect to the VPN" })),
      partitions: () => Promise.reject(new UserError("AWS refused")),
    });
    assert.deepEqual(
      [status.state, status.live, status.partitions],
      ["applied", { message: "the cluster cannot be reached", hint: "connect to the VPN" }, { message: "AWS refused" }],
    );
    const text = clusterStatusText(status, NOW);
    assert.match(text, /^Kubernetes +1\.36 as its stack said, standard support until/m);
    assert.match(text, /^nodes +not known: the cluster cannot be reached$/m);
    assert.match(text, /^Kafka +partitions not known: AWS refused$/m);
    assert.match(text, /^next: connect to the VPN$/m);
  });

  it("tells the version that the API server has, and the one that the config asks for where it is another", async () => {
    const status = await read({ look: () => Promise.resolve({ ...LOOK, version: "1.35.9" }) });
    assert.deepEqual(
      [status.kubernetes?.version, status.kubernetes?.by, status.kubernetes?.asked],
      ["1.35", "cluster", "1.36"],
    );
    assert.match(clusterStatusText(status, NOW), /^Kubernetes +1\.35, .*, ed8k:eks\.version asks for 1\.36$/m);
    stacks.said.set("dev", {});
    const never = await read();
    assert.match(clusterStatusText(never, NOW), /^Kubernetes +1\.36 asked for, /m);
  });

  it("tells all that the cluster says where another version of ED8K wrote its config", async () => {
    stacks.configs.set("dev", { ...EKS_CONFIG, "ed8k:new-key": "1" });
    const { config, provider, addOns, kubernetes, live, aws } = await read();
    assert.match(config?.message ?? "", /new-key/);
    assert.deepEqual(
      [provider, addOns, kubernetes?.version, live, aws?.account],
      [undefined, undefined, "1.36", LOOK, "111122223333"],
    );
    assert.match(clusterStatusText(await read(), NOW), /^config +not known: /m);
  });

  it("tells that what the stack says is another version's, and all else", async () => {
    stacks.said.set("dev", { cluster: { ...EKS_FACTS, more: 1 } });
    const { state, live } = await read({ look: () => assert.fail("looks") });
    assert.equal(state, "applied");
    assert.ok(live !== undefined && "message" in live);
    assert.match(live.message, /was applied by another version of ED8K$/);
  });

  it("does not mind add-ons that it does not know", async () => {
    stacks.configs.set("dev", { ...EKS_CONFIG, "ed8k:addOns": JSON.stringify({ unheard: true }) });
    const { addOns, config, state } = await read();
    assert.deepEqual([addOns, config, state], [undefined, undefined, "applied"]);
  });

  it("knows less of a cluster that was there before", async () => {
    stacks.configs.set("dev", OWN_CONFIG);
    stacks.said.set("dev", { cluster: FACTS });
    assert.deepEqual(await read({ partitions: () => assert.fail("asks AWS") }), {
      stack: "dev",
      state: "applied",
      provider: "existing",
      resources: 146,
      lastUpdate: UPDATE,
      kubernetes: { version: "1.36.3", by: "cluster" },
      live: LOOK,
    });
  });

  it("tells that it was applied without what runs in it, in part, or never", async () => {
    stacks.said.set("dev", { cluster: { name: "dev", platform: false } });
    const without = await read();
    assert.deepEqual([without.state, without.live], ["without what runs in it", undefined]);
    stacks.said.set("dev", { cluster: EKS_FACTS });
    stacks.updates.set("dev", { ...UPDATE, succeeded: false, changes: {} });
    const failed = await read();
    assert.equal(failed.state, "half applied");
    assert.match(clusterStatusText(failed, NOW), /^last run +update 1h ago failed$/m);
    assert.match(clusterStatusText(failed, NOW), /^next: ed8kctl cluster up dev$/m);
    stacks.configs.set("dev", UNUSED);
    stacks.updates.delete("dev");
    assert.deepEqual(await read(), { stack: "dev", state: "half applied", resources: 146 });
    stacks.records.set("dev", EMPTY);
    const never = await read();
    assert.deepEqual(never, { stack: "dev", state: "never applied", resources: 0 });
    assert.equal(
      clusterStatusText(never, NOW),
      "cluster   dev, never applied\nlast run  none has ended\nnext: ed8kctl cluster up dev",
    );
  });

  it("is of clusters that there are", async () => {
    stacks.configs.set("alice", { "ed8k:size": "s" });
    await assert.rejects(read({}, "alice"), {
      message: "alice is an environment, no cluster",
      hint: "ed8kctl show alice",
      exit: "usage",
    });
    stacks.configs.delete("dev");
    await assert.rejects(read(), {
      message: "there is no cluster stack dev in file:///state",
      hint: "ed8kctl cluster up dev makes it, by Pulumi.dev.yaml",
      exit: "notFound",
    });
  });
});
