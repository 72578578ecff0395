import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { OwnCluster } from "./own-cluster.js";

interface Created {
  readonly changes: Readonly<Record<string, number>>;
  readonly notes: readonly { readonly rule: string }[];
}

interface Shown {
  readonly state: { readonly name: string };
  readonly services: readonly { readonly name: string; readonly ready: number; readonly wanted: number }[];
}

const CATALOGUE = "test/charts/catalogue.yaml";

describe("charts that others wrote, on a real API server [row 55]", () => {
  const cluster = new OwnCluster();
  before(() => cluster.start());
  after(() => cluster.remove());

  const create = async (...words: readonly string[]): Promise<Created> =>
    JSON.parse(await cluster.must("create", "alice", "--json", ...words)) as Created;
  const read = async (kind: string, name: string) =>
    cluster.client.get({ apiVersion: "v1", kind, name, namespace: "alice" });

  it("run: subcharts, tpl, range, LoadBalancers, hooks, secrets that are new each time; every pod is ready", async () => {
    const { notes } = await create("--catalogue", CATALOGUE, "--profile", "bent");
    assert.deepEqual([...new Set(notes.map(({ rule }) => rule))].toSorted(), [
      "access",
      "bent",
      "hook",
      "lookup",
      "unstable",
    ]);
    const shown = JSON.parse(await cluster.must("show", "alice", "--json")) as Shown;
    assert.equal(shown.state.name, "ready");
    assert.deepEqual(shown.services.map(({ name, ready, wanted }) => `${name} ${ready}/${wanted}`).toSorted(), [
      "hooks 1/1",
      "shop 14/14",
      "vault 1/1",
    ]);
    const { items } = await cluster.client.list({ apiVersion: "batch/v1", kind: "Job", namespace: "alice" });
    assert.deepEqual(items.map(({ metadata }) => metadata.name.replace(/-[0-9a-f]{8}$/, "")).toSorted(), [
      "announce",
      "migrate",
      "prepare",
      "seed",
      "unseal",
    ]);
  });

  it("change nothing when the same is asked for again", async () => {
    assert.deepEqual(Object.keys((await create()).changes), ["same"]);
  });

  it("keep a random secret when something else changes", async () => {
    const before = await read("Secret", "vault-password");
    const values = join(cluster.sandbox.scratch, "shop.yaml");
    writeFileSync(values, "greeting: Good evening\n");
    const { changes } = await create("--values", `shop=${values}`);
    assert.equal(changes["update"], 1);
    assert.deepEqual((await read("ConfigMap", "shop-settings"))["data"], {
      GREETING: "Good evening",
      separator: "---\n# Source: not/a/template.yaml\n",
    });
    const after = await read("Secret", "vault-password");
    assert.deepEqual(
      [after.metadata.resourceVersion, after["data"]],
      [before.metadata.resourceVersion, before["data"]],
    );
  });

  it("lose a StatefulSet's volumes with the service", async () => {
    const volumes = async (): Promise<readonly string[]> =>
      (await cluster.client.list({ apiVersion: "v1", kind: "PersistentVolumeClaim", namespace: "alice" })).items.map(
        ({ metadata }) => metadata.name,
      );
    assert.deepEqual((await volumes()).toSorted(), ["data-shop--db-0", "data-shop-cart-0"]);
    await cluster.must("stop", "alice", "shop");
    assert.deepEqual(await volumes(), []);
  });

  it("leave nothing when the environment is destroyed", async () => {
    const receipt = JSON.parse(await cluster.must("destroy", "alice", "--yes", "--json")) as { left: unknown[] };
    assert.deepEqual(receipt.left, []);
    assert.deepEqual(await cluster.namespaces(), []);
  });
});
