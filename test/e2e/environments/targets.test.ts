import assert from "node:assert/strict";
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { sandboxEnvironment } from "../../../sandbox/shell.js";
import { OtherCluster } from "./other-cluster.js";
import { OwnCluster } from "./own-cluster.js";
import { PlainProject } from "./plain-project.js";
import { assertRefused } from "./refused.js";
import { tracesOf } from "./traces.js";

interface Entries {
  readonly contexts: object[];
  readonly clusters: { name: string; cluster: object }[];
}

describe("the target of a verb", () => {
  const cluster = new OwnCluster();
  const other = new OtherCluster();
  const { scratch, paths } = cluster.sandbox;
  /** Has another cluster in its current context. */
  const moved = join(scratch, "moved.kubeconfig");
  /** Has another cluster behind the recorded context. */
  const wrong = join(scratch, "wrong.kubeconfig");

  before(async () => {
    await Promise.all([cluster.start(), other.start()]);
    const text = readFileSync(paths.kubeconfig, "utf8");
    const { contexts, clusters, ...rest } = parse(text) as Entries;
    const elsewhere = { name: "elsewhere", cluster: { server: other.server } };
    const context = { name: "elsewhere", context: { cluster: "elsewhere", user: "ed8k-sandbox" } };
    writeFileSync(
      moved,
      stringify({
        ...rest,
        "current-context": "elsewhere",
        contexts: [context, ...contexts],
        clusters: [elsewhere, ...clusters],
      }),
    );
    writeFileSync(wrong, stringify({ ...rest, contexts, clusters: [{ ...elsewhere, name: "ed8k-sandbox" }] }));
  });
  after(async () => {
    other.stop();
    await cluster.remove();
  });

  const env = (variables: Readonly<Record<string, string>>): Record<string, string> => ({
    ...sandboxEnvironment(),
    ...variables,
  });
  /** Everything in an environment, so that the least change shows. */
  const versionsIn = async (name: string): Promise<readonly string[]> =>
    [...(await cluster.objectsIn(name))].map(([id, { metadata }]) => `${id} ${metadata.resourceVersion}`).sort();

  it("is the recorded cluster, whatever the current context: all verbs work, and the other one is asked nothing", async () => {
    const lines = [
      "create alice",
      "create bob --owner bob",
      "list --all",
      "show alice",
      "plan alice --size l",
      "diff alice --size l",
      "start alice mailbox",
      "stop alice mailbox",
      "open alice",
      "doctor",
      "prove-isolation alice bob",
      "use alice",
      "destroy bob --yes",
    ];
    for (const line of lines) {
      const { code, stderr } = await cluster.ed8kctlWith(env({ KUBECONFIG: moved }), ...line.split(" "));
      assert.equal(code, 0, `${line}: ${stderr}`);
    }
    assert.deepEqual(other.requests, []);
    assert.deepEqual(await cluster.namespaces(), ["alice"]);
  });

  const verbs = [
    "create alice",
    "create carol",
    "start alice mailbox",
    "stop alice fxsuite",
    "destroy alice --yes",
    "list --all",
    "show alice",
    "logs alice",
    "plan alice",
    "diff alice",
    "use alice",
    "open alice",
    "forward alice fxsuite",
    "shell alice",
    "prove-isolation alice bob",
  ];
  for (const line of verbs) {
    it(`is no other cluster behind the recorded context's name: ${line}`, async () => {
      const before = readFileSync(wrong, "utf8");
      const says = [/context "ed8k-sandbox" leads to another cluster than the one that stack dev was applied to/];
      const ran = await cluster.ed8kctlWith(env({ KUBECONFIG: wrong }), ...line.split(" "));
      assertRefused(ran, { exit: "failed", says });
      assert.equal(readFileSync(wrong, "utf8"), before);
    });
  }

  it("doctor and plain pulumi up refuse another cluster as well", async () => {
    const doctor = await cluster.ed8kctlWith(env({ KUBECONFIG: wrong }), "doctor");
    assert.match(doctor.stdout, /^✗ {2}cluster +context "ed8k-sandbox" leads to another cluster/m);
    assert.equal(doctor.code, 1);
    const project = new PlainProject(cluster);
    await project.pulumi("stack", "init", "carol");
    const up = await project.pulumiWith({ KUBECONFIG: wrong }, "up", "--yes", "--stack", "carol");
    assert.match(up.stdout, /error: context "ed8k-sandbox" leads to another cluster/);
    assert.notEqual(up.code, 0);
    await project.pulumi("stack", "rm", "carol", "--yes");
    assert.deepEqual(await project.stacks(), ["alice", "dev"]);
  });

  it("and the other cluster was only ever read", () => {
    assert.notEqual(other.requests.length, 0);
    assert.deepEqual(
      other.requests.filter((request) => !request.startsWith("GET ")),
      [],
    );
  });

  it("is no environment of another backend: create and destroy refuse it and touch nothing", async () => {
    const backend = join(scratch, "other backend");
    cpSync(paths.backend, backend, { recursive: true });
    const stacks = join(backend, ".pulumi", "stacks", "ed8k");
    for (const file of readdirSync(stacks).filter((name) => name.startsWith("alice"))) rmSync(join(stacks, file));
    const before = await versionsIn("alice");
    for (const line of ["create alice", "start alice mailbox", "destroy alice --yes"]) {
      const ran = await cluster.ed8kctlWith(env({ PULUMI_BACKEND_URL: `file://${backend}` }), ...line.split(" "));
      const says = [/the environment alice is kept in the backend file:\/\/.*sandbox\/backend, not in .*other backend/];
      assertRefused(ran, { exit: "failed", says });
    }
    assert.deepEqual(await versionsIn("alice"), before);
    assert.deepEqual(
      readdirSync(stacks).filter((name) => name.startsWith("alice")),
      [],
    );
  });

  for (const line of [
    "show alcie",
    "logs alcie",
    "use alcie",
    "open alcie",
    "start alcie mailbox",
    "stop alcie fxsuite",
    "forward alcie fxsuite",
    "shell alcie",
    "prove-isolation alcie alice",
  ]) {
    it(`with a misspelt name is told, and nothing is changed anywhere: ${line}`, async () => {
      const before = [await tracesOf(cluster), await versionsIn("alice")];
      const says = [/there is no environment "alcie"\n {2}hint: did you mean alice\?/];
      assertRefused(await cluster.ed8kctl(...line.split(" ")), { exit: "notFound", says });
      assert.deepEqual([await tracesOf(cluster), await versionsIn("alice")], before);
    });
  }

  it("plan, diff and doctor change nothing anywhere, for a name that is not there either", async () => {
    const before = [await tracesOf(cluster), await versionsIn("alice")];
    for (const line of ["plan alcie", "diff alcie", "plan alice --profile full", "render alcie", "doctor"])
      await cluster.must(...line.split(" "));
    assert.deepEqual([await tracesOf(cluster), await versionsIn("alice")], before);
  });

  it("is the new cluster, when one was rebuilt under the same name", async () => {
    const { uid } = (await cluster.client.get({ apiVersion: "v1", kind: "Namespace", name: "kube-system" })).metadata;
    // As on another machine, which remembers the old cluster until it is asked again.
    const elsewhere = (): Record<string, string> => env({ ED8K_CACHE: join(scratch, "other cache") });
    const list = async (): Promise<unknown> =>
      JSON.parse((await cluster.ed8kctlWith(elsewhere(), "list", "--all", "--json")).stdout);
    assert.equal(JSON.stringify(await list()).includes('"alice"'), true);
    await cluster.must("sandbox", "down");
    await cluster.start();
    assert.deepEqual(await list(), { environments: [] });
    const made = JSON.parse(await cluster.must("create", "alice", "--json")) as { changes: Record<string, number> };
    assert.deepEqual(Object.keys(made.changes), ["create"]);
    assert.match(await cluster.must("doctor"), /is the recorded one/);
    assert.equal((await cluster.must("doctor")).includes(uid), false);
    assert.match(await cluster.must("destroy", "alice", "--yes"), /^alice is gone: 0 left/);
  });
});
