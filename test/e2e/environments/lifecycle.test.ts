import assert from "node:assert/strict";
import { OwnCluster } from "./own-cluster.js";

interface Shown {
  readonly state: { readonly name: string };
  readonly owner: string;
  readonly size: string;
  readonly services: readonly { name: string; ready: number; wanted: number; urls: readonly string[] }[];
  readonly claims: readonly { service: string; name: string; driver?: string; physicalName: string }[];
}

interface Listed {
  readonly environments: readonly { readonly name: string }[];
}

describe("the life of an environment", () => {
  const cluster = new OwnCluster();
  before(() => cluster.start());
  after(() => cluster.remove());

  const show = async (name: string): Promise<Shown> => JSON.parse(await cluster.must("show", name, "--json")) as Shown;
  const running = async (name: string): Promise<readonly string[]> =>
    (await show(name)).services.map(({ name: service }) => service).sort();

  it("create makes a whole platform in one command, every pod ready [rows 29, 38, 104]", async () => {
    const made = JSON.parse(await cluster.must("create", "alice", "--profile", "full", "--json")) as {
      changes: Record<string, number>;
    };
    assert.equal(made.changes["create"] !== undefined && made.changes["create"] > 30, true);
    const shown = await show("alice");
    assert.equal(shown.state.name, "ready");
    assert.deepEqual(shown.services.map(({ name, ready, wanted }) => `${name} ${ready}/${wanted}`).sort(), [
      "bos 5/5",
      "fxsuite 2/2",
      "mailbox 1/1",
      "toolbox 1/1",
    ]);
  });

  it("gives the in-cluster claims volumes, secrets and topics [rows 15, 16, 27]", async () => {
    const { claims } = await show("alice");
    const provisioned = claims.filter(({ driver }) => driver !== undefined);
    assert.deepEqual(
      provisioned.map(({ service, name, physicalName }) => `${service}/${name} ${physicalName}`).sort(),
      [
        "bos/cache bos--cache",
        "bos/db bos--db",
        "bos/deals alice.deals",
        "fxsuite/db fxsuite--db",
        "fxsuite/deals alice.deals",
      ],
    );
    const { items } = await cluster.client.list({
      apiVersion: "v1",
      kind: "PersistentVolumeClaim",
      namespace: "alice",
    });
    assert.deepEqual(items.map(({ metadata }) => metadata.name).sort(), [
      "data-bos--cache-0",
      "data-bos--db-0",
      "data-fxsuite--db-0",
    ]);
  });

  it("binds a service to its database by one Secret and one ConfigMap, whose password is the database's", async () => {
    const secret = async (name: string): Promise<Record<string, string>> => {
      const { data } = await cluster.client.get({ apiVersion: "v1", kind: "Secret", name, namespace: "alice" });
      const entries = Object.entries(data as Record<string, string>);
      return Object.fromEntries(entries.map(([key, value]) => [key, Buffer.from(value, "base64").toString()]));
    };
    const password = (await secret("fxsuite--db"))["password"] ?? "";
    assert.equal(password.length, 24);
    const { DATABASE_URL } = await secret("fxsuite-bindings");
    assert.equal(DATABASE_URL, `postgres://app:${password}@fxsuite--db:5432/app`);
  });

  it("create again changes nothing: every object keeps its resourceVersion", async () => {
    const versions = async (): Promise<readonly string[]> =>
      [...(await cluster.objectsIn("alice"))].map(([id, { metadata }]) => `${id} ${metadata.resourceVersion}`).sort();
    const before = await versions();
    const again = JSON.parse(await cluster.must("create", "alice", "--json")) as { changes: Record<string, number> };
    assert.deepEqual(Object.keys(again.changes), ["same"]);
    assert.deepEqual(await versions(), before);
  });

  it("start adds an optional service and stop takes it away, the others untouched [rows 12, 41]", async () => {
    const pods = async (): Promise<readonly string[]> =>
      (await cluster.client.list({ apiVersion: "v1", kind: "Pod", namespace: "alice" })).items
        .map(({ metadata }) => metadata.uid)
        .sort();
    const before = await pods();
    await cluster.must("start", "alice", "kafka-ui");
    assert.deepEqual(await running("alice"), ["bos", "fxsuite", "kafka-ui", "mailbox", "toolbox"]);
    await cluster.must("stop", "alice", "kafka-ui");
    assert.deepEqual(await running("alice"), ["bos", "fxsuite", "mailbox", "toolbox"]);
    assert.deepEqual(await pods(), before);
  });

  it("stop refuses what another service needs, and changes nothing", async () => {
    const { code, stderr } = await cluster.ed8kctl("stop", "alice", "fxsuite");
    assert.equal(code, 2);
    assert.match(stderr, /bos needs/);
    assert.deepEqual(await running("alice"), ["bos", "fxsuite", "mailbox", "toolbox"]);
  });

  it("plan tells what would change and what of the quota it takes, and changes nothing", async () => {
    const objects = await cluster.objectsIn("alice");
    const text = await cluster.must("plan", "alice", "--start", "kafka-ui");
    assert.match(text, /Deployment.*kafka-ui/);
    assert.match(text, /requests\.cpu/);
    assert.deepEqual([...(await cluster.objectsIn("alice")).keys()].sort(), [...objects.keys()].sort());
  });

  it("list shows it in one request's worth of facts: mine by default, another's with --all [row 38]", async () => {
    const list = async (...words: readonly string[]): Promise<readonly string[]> =>
      (JSON.parse(await cluster.must("list", "--json", ...words)) as Listed).environments.map(({ name }) => name);
    await cluster.must("create", "bob", "--owner", "bob");
    assert.deepEqual(await list(), ["alice"]);
    assert.deepEqual(await list("--all"), ["alice", "bob"]);
    assert.deepEqual(await list("--owner", "bob"), ["bob"]);
  });

  it("destroy leaves nothing, and the other environment untouched, object by object [rows 76, 77]", async () => {
    const seen = async (): Promise<readonly string[]> =>
      [...(await cluster.objectsIn("bob"))]
        .map(([id, { metadata }]) => `${id} ${metadata.uid} ${metadata.resourceVersion}`)
        .sort();
    const before = await seen();
    const receipt = JSON.parse(await cluster.must("destroy", "alice", "--yes", "--json")) as { left: unknown[] };
    assert.deepEqual(receipt.left, []);
    assert.deepEqual(await cluster.namespaces(), ["bob"]);
    const { items } = await cluster.client.list({ apiVersion: "v1", kind: "PersistentVolume" });
    assert.deepEqual(
      items.filter(({ spec }) => JSON.stringify(spec).includes('"namespace":"alice"')),
      [],
    );
    assert.deepEqual(await seen(), before);
  });

  it("destroy of what is gone ends in the same words [row 76]", async () => {
    const gone = await cluster.must("destroy", "bob", "--yes");
    const again = await cluster.must("destroy", "bob", "--yes");
    assert.match(gone, /^bob is gone: 0 left/);
    assert.equal(again, gone);
  });
});
