import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Receipt } from "../../../ed8kctl/environment/receipt.js";
import { LABELS } from "../../../naming.js";
import { until } from "../sandbox/own-sandbox.js";
import { SMALL_CHART } from "./charts/small-chart.js";
import { writeCatalogue } from "./charts/write-catalogue.js";
import { OwnCluster } from "./own-cluster.js";
import { PlainProject } from "./plain-project.js";
import { tracesOf } from "./traces.js";

const CHECKED = ["namespace", "objects of every kind with its label", "persistent volumes", "topics", "stack"];

describe("destroy of what is odd", () => {
  const cluster = new OwnCluster();
  let charts: string;
  let project: PlainProject;

  before(async () => {
    await cluster.start();
    charts = join(cluster.sandbox.scratch, "charts");
    project = new PlainProject(cluster);
    const catalogue = writeCatalogue(charts, { web: SMALL_CHART }, ["web"]);
    const create = (name: string): Promise<string> =>
      cluster.must("create", name, "--catalogue", catalogue, "--owner", name);
    await Promise.all(["no-stack", "no-namespace"].map(create));
    await Promise.all(["no-charts", "no-resources"].map(create));
    await create("held");
  });
  after(() => cluster.remove());

  /** What of an environment is in the cluster and in the backend, found in other ways than the receipt finds it. */
  async function remains(name: string): Promise<readonly string[]> {
    const kinds = (await cluster.client.resources.all()).filter(({ verbs }) => verbs.includes("list"));
    const lists = await Promise.all(kinds.map(({ apiVersion, kind }) => cluster.client.list({ apiVersion, kind })));
    const objects = lists
      .flatMap(({ items }) => items)
      .filter(({ kind, metadata, spec }) =>
        kind === "Event"
          ? false
          : [metadata.namespace, metadata.labels?.[LABELS.env]].includes(name) ||
            (kind === "Namespace" && metadata.name === name) ||
            (kind === "PersistentVolume" && JSON.stringify(spec).includes(`"namespace":"${name}"`)),
      );
    const { stacks } = await tracesOf(cluster);
    return [
      ...objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`),
      ...stacks.filter((file) => file.includes(`/${name}.`) || file.includes(`/${name}/`)),
    ].sort();
  }

  async function assertDestroyed(name: string): Promise<void> {
    const receipt = JSON.parse(await cluster.must("destroy", name, "--yes", "--json")) as Receipt;
    assert.deepEqual(receipt, { environment: name, checked: CHECKED, left: [], unseen: [] });
    assert.deepEqual(await remains(name), []);
  }

  it("what was never there [row 76]", async () => assertDestroyed("nobody"));

  it("what a killed create has left half made", async () => {
    const child = cluster.spawn(["create", "half", "--profile", "full"]);
    await until(async () => (await cluster.namespaces()).includes("half"));
    child.kill("SIGKILL");
    assert.notDeepEqual(await remains("half"), []);
    await assertDestroyed("half");
  });

  it("a stack whose attributes an engine was killed in writing", async () => {
    await project.pulumi("stack", "init", "torn");
    writeFileSync(join(cluster.sandbox.paths.backend, ".pulumi", "stacks", "ed8k", "torn.json.attrs"), "");
    await assertDestroyed("torn");
  });

  it("a stack alone, made by pulumi stack init", async () => {
    await project.pulumi("stack", "init", "only-stack");
    assert.deepEqual(await remains("only-stack"), ["stacks/ed8k/only-stack.json"]);
    await assertDestroyed("only-stack");
  });

  it("a namespace alone: its stack was removed by pulumi stack rm --force", async () => {
    await project.pulumi("stack", "rm", "no-stack", "--force", "--yes");
    assert.equal((await remains("no-stack")).includes("Namespace no-stack"), true);
    await assertDestroyed("no-stack");
  });

  it("what kubectl delete namespace has removed before", async () => {
    await cluster.kubectl("delete", "namespace", "no-namespace");
    await assertDestroyed("no-namespace");
  });

  it("what plain pulumi destroy has removed before", async () => {
    const { code, stderr } = await project.pulumi("destroy", "--yes", "--stack", "no-resources");
    assert.equal(code, 0, stderr);
    await assertDestroyed("no-resources");
  });

  it("what something holds in Terminating: the receipt tells what, and the same command again finishes", async () => {
    const hold = { name: "hold", namespace: "held", finalizers: ["example.com/hold"] };
    await cluster.client.create({ apiVersion: "v1", kind: "ConfigMap", metadata: hold });
    await cluster.kubectl("delete", "namespace", "held", "--wait=false");
    // Kubernetes makes this one anew, in namespaces that are ending too.
    const there = async (): Promise<readonly string[]> =>
      (await remains("held")).filter((text) => text !== "ConfigMap kube-root-ca.crt");
    await until(async () => (await there()).length === 3, there);
    const began = Date.now();
    const { code, stdout, stderr } = await cluster.ed8kctl("destroy", "held", "--yes", "--timeout", "10s", "--json");
    assert.equal(code, 1, stderr);
    assert.equal(Date.now() - began < 30_000, true);
    const { left, ...rest } = JSON.parse(stdout) as Receipt;
    // Topics come after the namespace, in which something could still use them.
    const checked = CHECKED.filter((what) => what !== "topics");
    assert.deepEqual(rest, { environment: "held", checked, unseen: [] });
    assert.deepEqual(
      left.map(({ what, remove }) => `${what}: ${remove}`),
      [
        "Namespace held: kubectl delete namespace held --context ed8k-sandbox",
        "stack held: ed8kctl destroy held --yes",
      ],
    );
    assert.match(left[0]?.why ?? "", /^is being deleted; .*example\.com\/hold in 1 resource instances/);
    assert.match(stderr, /"message":"held is not wholly gone: 2 left"/);
    assert.deepEqual(await there(), ["ConfigMap hold", "Namespace held", "stacks/ed8k/held.json"]);

    await cluster.kubectl(
      "patch",
      "configmap",
      "hold",
      "-n",
      "held",
      "--type=merge",
      '-p={"metadata":{"finalizers":null}}',
    );
    await assertDestroyed("held");
  });

  it("what has lost its charts and its catalogue", async () => {
    rmSync(charts, { recursive: true });
    await assertDestroyed("no-charts");
  });

  it("all end in the same words, and nothing of any is left", async () => {
    const words = await Promise.all(
      ["nobody", "half"].map(async (name) => (await cluster.must("destroy", name, "--yes")).replace(name, "NAME")),
    );
    assert.deepEqual(new Set(words), new Set([`NAME is gone: 0 left (looked for: ${CHECKED.join(", ")})\n`]));
    assert.deepEqual(await cluster.namespaces(), []);
    assert.deepEqual(await project.stacks(), ["dev"]);
  });
});
