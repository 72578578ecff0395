import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { OwnCluster } from "./own-cluster.js";

describe("the everyday verbs on an environment", () => {
  const cluster = new OwnCluster();
  before(async () => {
    await cluster.start();
    await cluster.must("create", "alice");
  });
  after(() => cluster.remove());

  it("start adds a service and what it needs, with its database ready [row 41]", async () => {
    const plan = await cluster.must("plan", "alice", "--start", "bos");
    assert.match(plan, /\+ StatefulSet bos--db/);
    await cluster.must("start", "alice", "bos");
    const shown = JSON.parse(await cluster.must("show", "alice", "--json")) as {
      services: readonly { name: string; ready: number; wanted: number }[];
    };
    assert.deepEqual(shown.services.map(({ name, ready, wanted }) => `${name} ${ready}/${wanted}`).sort(), [
      "bos 5/5",
      "fxsuite 2/2",
      "toolbox 1/1",
    ]);
  });

  it("use makes kubectl work in the environment, and a restart of the sandbox keeps that", async () => {
    await cluster.must("use", "alice");
    assert.match(await cluster.kubectl("get", "deployment", "fxsuite", "-o", "name"), /deployment\.apps\/fxsuite/);
    const kubeconfig = readFileSync(cluster.sandbox.paths.kubeconfig, "utf8");
    assert.match(kubeconfig, /^current-context: ed8k-alice$/m);
    assert.match(await cluster.must("use"), /alice/);
  });

  it("acts on the recorded cluster, whatever context is current", async () => {
    assert.match(await cluster.must("list"), /^alice\s/m);
  });

  it("logs prints each line with its pod", async () => {
    const lines = (await cluster.must("logs", "alice", "bos")).trim().split("\n");
    assert.ok(lines.length >= 3, lines.join("\n"));
    assert.ok(
      lines.every((line) => /^bos\S* .*This pod is simulated/.test(line)),
      lines.join("\n"),
    );
  });

  it("open prints the service's address", async () => {
    assert.equal((await cluster.must("open", "alice", "bos")).trim(), "http://bos--alice.ed8k.localhost");
  });

  it("shell reaches the pod, and says so when it runs no process", async () => {
    const { code, stderr } = await cluster.ed8kctl("shell", "alice", "fxsuite", "--", "true");
    assert.equal(code, 1);
    assert.match(stderr, /exec/);
  });

  it("render prints what create would apply, which the API server takes as it is, and holds no password", async () => {
    const text = await cluster.must("render", "alice");
    const file = join(cluster.sandbox.scratch, "rendered.yaml");
    writeFileSync(file, text);
    const said = await cluster.kubectl("apply", "--server-side", "--force-conflicts", "--dry-run=server", "-f", file);
    assert.match(said, /deployment\.apps\/fxsuite serverside-applied \(server dry run\)/);
    const { data } = await cluster.client.get({
      apiVersion: "v1",
      kind: "Secret",
      name: "fxsuite--db",
      namespace: "alice",
    });
    const { password = "" } = data as Record<string, string>;
    assert.equal(text.includes(Buffer.from(password, "base64").toString()), false);
  });

  it("diff tells the properties that would change, and nothing when nothing would", async () => {
    const values = join(cluster.sandbox.scratch, "values.yaml");
    writeFileSync(values, "replicas: 2\n");
    const changed = await cluster.must("diff", "alice", "--values", `fxsuite=${values}`);
    assert.match(changed, /fxsuite\/Deployment\/fxsuite[\s\S]*spec\.replicas/);
    assert.doesNotMatch(await cluster.must("diff", "alice"), /spec\./);
  });

  it("doctor finds everything in order, and changes nothing", async () => {
    const before = [...(await cluster.objectsIn("alice"))].map(([id, { metadata }]) => id + metadata.resourceVersion);
    const checks = JSON.parse(await cluster.must("doctor", "--json")) as {
      checks: readonly { state: string }[];
    };
    assert.ok(checks.checks.length >= 8);
    assert.deepEqual(
      checks.checks.filter(({ state }) => state !== "ok"),
      [],
    );
    const after = [...(await cluster.objectsIn("alice"))].map(([id, { metadata }]) => id + metadata.resourceVersion);
    assert.deepEqual(after.sort(), before.sort());
  });

  it("completion offers environments by name", async () => {
    const words = await cluster.must("__complete", "show", "");
    assert.match(words, /^alice$/m);
  });
});
