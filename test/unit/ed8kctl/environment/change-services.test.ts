import assert from "node:assert/strict";
import { start } from "../../../../ed8kctl/commands/start.js";
import { stop } from "../../../../ed8kctl/commands/stop.js";
import type { Command } from "../../../../ed8kctl/command.js";
import { recordFacts } from "../../../../ed8kctl/known-clusters.js";
import { toStackConfig, parseConfig, type EnvironmentConfig } from "../../../../config.js";
import type { LiveMeta } from "../../../../kube/object.js";
import type { FakeApiServer } from "../../kube/fake-api-server.js";
import { cleanUp, scratchFolder, setEnv } from "../../sandbox/scratch.js";
import { failing, FakePulumi } from "../engine/fake-pulumi.js";
import { WORDS } from "../engine/words.js";
import { ownCluster, useKubeconfig } from "../own-machine.js";
import { BACKEND, FakeOutput, ownCatalogue, ownNamespace } from "./fixtures.js";

describe("starting and stopping services", () => {
  let server: FakeApiServer;
  let catalogue: string;
  beforeEach(async () => {
    const cluster = await ownCluster();
    ({ server } = cluster);
    setEnv({ PULUMI_BACKEND_URL: BACKEND, ED8K_CACHE: scratchFolder() });
    useKubeconfig({ company: server });
    recordFacts(BACKEND, cluster.facts);
    catalogue = ownCatalogue();
  });
  afterEach(async () => {
    await server.stop();
    cleanUp();
  });

  /** The engine of a backend in which alice's stack has this config, and which keeps what it is told. */
  function engine(changes: Partial<EnvironmentConfig>): FakePulumi {
    const config = toStackConfig({ ...(parseConfig("alice", {}) as EnvironmentConfig), catalogue, ...changes });
    const pulumi = new FakePulumi({
      "config refresh": `cp "$dir/config" Pulumi.alice.yaml`,
      up: 'cp Pulumi.alice.yaml "$dir/config"',
    });
    pulumi.write("config", JSON.stringify({ config }));
    return pulumi;
  }

  async function run(command: Command, ...args: readonly string[]): Promise<FakeOutput> {
    const out = new FakeOutput();
    const { signal } = new AbortController();
    await command.run({ args, options: { cluster: "dev" }, rest: [], out, signal });
    return out;
  }

  const put = (changes: Partial<LiveMeta> = {}): unknown => server.put(ownNamespace("alice", changes));
  const verbs = (pulumi: FakePulumi): readonly string[] => pulumi.calls().map((line) => line.split(" ")[0] ?? "");

  it("changes the selection in the spec and applies it", async () => {
    put();
    const pulumi = engine({ size: "l" });
    const out = await run(start, "alice", "other");
    assert.deepEqual(verbs(pulumi), ["config", "up"]);
    const services = (out.results[0] as { services: readonly { name: string }[] }).services;
    assert.deepEqual(services.map(({ name }) => name).sort(), ["other", "web"]);
    assert.match(
      pulumi.read("config"),
      /ed8k:size: l\n {2}ed8k:start:\n {4}- other|ed8k:start:\n {4}- other\n {2}ed8k:size: l/,
    );
    const stopped = await run(stop, "alice", "other");
    assert.deepEqual(
      (stopped.results[0] as { services: { name: string }[] }).services.map(({ name }) => name),
      ["web"],
    );
    assert.doesNotMatch(pulumi.read("config"), /start/);
  });

  it("changes nothing of an environment that is being removed, or on another cluster", async () => {
    put({ deletionTimestamp: "2026-11-24T12:00:00Z" });
    const pulumi = engine({});
    await assert.rejects(run(start, "alice", "other"), { message: "the environment alice is being removed" });
    server.remove({ apiVersion: "v1", kind: "Namespace", name: "alice" });
    put();
    const elsewhere = engine({ cluster: "second" });
    await assert.rejects(run(start, "alice", "other"), {
      message: "the environment alice is on the cluster second, not on dev",
    });
    assert.deepEqual([verbs(pulumi), verbs(elsewhere)], [["config"], ["config"]]);
  });

  it("changes nothing of one that is not there, or was never finished", async () => {
    const missing = new FakePulumi({ "config refresh": failing(WORDS.missingStack, 6) });
    await assert.rejects(run(start, "alice", "other"), {
      exit: "notFound",
      message: 'there is no environment "alice"',
    });
    put();
    const unused = new FakePulumi({ "config refresh": failing(WORDS.neverUpdated) });
    await assert.rejects(run(stop, "alice", "web"), { exit: "notFound", hint: /^ed8kctl create alice makes it anew/ });
    assert.deepEqual([verbs(missing), verbs(unused)], [["config"], ["config"]]);
  });
});
