import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { LABELS } from "../../../naming.js";
import { sandboxEnvironment } from "../../../sandbox/shell.js";
import { CHARTS, NAMES, OPTIONS, PLACES, SERVICES } from "./bad-input-cases.js";
import { BAD_CHARTS } from "./charts/bad-charts.js";
import { writeCatalogue } from "./charts/write-catalogue.js";
import { OwnCluster } from "./own-cluster.js";
import { PlainProject } from "./plain-project.js";
import { assertRefused } from "./refused.js";
import { tracesOf, type Traces } from "./traces.js";

describe("bad input: one clear error, its own exit code, nothing created", () => {
  const cluster = new OwnCluster();
  let untouched: Traces;
  let project: PlainProject;
  let catalogue: string;
  const { scratch } = cluster.sandbox;

  before(async () => {
    await cluster.start();
    project = new PlainProject(cluster);
    catalogue = writeCatalogue(join(scratch, "charts"), BAD_CHARTS);
    await writeFiles();
    await cluster.kubectl("create", "namespace", "legacy");
    await Promise.all([1, 2, 3, 4, 5].map((number) => pretendEnvironment(`crowd-${number}`)));
    untouched = await tracesOf(cluster);
  });
  after(() => cluster.remove());

  afterEach("nothing was created or changed", async () => assert.deepEqual(await tracesOf(cluster), untouched));

  async function writeFiles(): Promise<void> {
    const kubeconfig = await readFile(cluster.sandbox.paths.kubeconfig, "utf8");
    const files = {
      "list.yaml": "- a\n",
      "broken.yaml": "a: b: c\n",
      "closed.kubeconfig": kubeconfig.replace(/server: .*/, "server: https://127.0.0.1:1"),
      "renamed.kubeconfig": kubeconfig.replaceAll("ed8k-sandbox", "elsewhere"),
      "wrong.passphrase": "wrong",
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(scratch, name), text);
  }

  /** `create` counts environments by their namespaces alone. */
  async function pretendEnvironment(name: string): Promise<void> {
    const labels = { [LABELS.managed]: "true", [LABELS.env]: name, [LABELS.owner]: "crowd" };
    await cluster.client.create({ apiVersion: "v1", kind: "Namespace", metadata: { name, labels } });
  }

  for (const { title, words, ...refusal } of [...NAMES, ...OPTIONS, ...SERVICES]) {
    it(title, async () => assertRefused(await cluster.ed8kctl(...words), refusal));
  }

  for (const [chart, refusal] of Object.entries(CHARTS)) {
    it(`a chart with a fault: ${chart}`, async () => {
      assertRefused(await cluster.ed8kctl("create", "x", "--catalogue", catalogue, "--start", chart), refusal);
    });
  }

  for (const { title, variable, value, ...refusal } of PLACES) {
    it(title, async () => {
      const env = { ...sandboxEnvironment(), [variable]: join(scratch, value) };
      assertRefused(await cluster.ed8kctlWith(env, "create", "x"), refusal);
    });
  }

  it("a backend that is not there", async () => {
    const env = { ...sandboxEnvironment(), PULUMI_BACKEND_URL: `file://${scratch}/nowhere` };
    const says = [/the backend file:\/\/.*\/nowhere cannot be read/];
    assertRefused(await cluster.ed8kctlWith(env, "create", "x"), { exit: "failed", says });
  });

  it("a backend of no kind that there is", async () => {
    const env = { ...sandboxEnvironment(), PULUMI_BACKEND_URL: "ftp://stacks" };
    const says = [/the backend ftp:\/\/stacks wants a login, or is none that pulumi knows/];
    assertRefused(await cluster.ed8kctlWith(env, "create", "x"), { exit: "failed", says });
  });

  it("doctor tells a wrong passphrase as well", async () => {
    const env = { ...sandboxEnvironment(), PULUMI_CONFIG_PASSPHRASE_FILE: join(scratch, "wrong.passphrase") };
    const { code, stdout } = await cluster.ed8kctlWith(env, "doctor");
    assert.match(
      stdout,
      /^✗ {2}backend +the passphrase is not the one that the stacks of this backend were made with$/m,
    );
    assert.equal(code, 1);
  });

  for (const verb of ["create", "destroy"]) {
    it(`${verb} of a namespace that is no environment`, async () => {
      const yes = verb === "destroy" ? ["--yes"] : [];
      const says = [/the cluster has a namespace legacy that is no environment; nothing of it is touched/];
      assertRefused(await cluster.ed8kctl(verb, "legacy", ...yes), { exit: "failed", says });
    });
  }

  it("more environments than one owner may have", async () => {
    const says = [/crowd has 5 environments, and 5 are allowed: crowd-1, crowd-2, .*/, /ed8kctl destroy crowd-1/];
    assertRefused(await cluster.ed8kctl("create", "x", "--owner", "crowd"), { exit: "failed", says });
  });

  it("an unknown config key, and config that is encrypted, by plain pulumi up", async () => {
    const said = async (): Promise<string> => {
      const { code, stdout } = await project.pulumi("up", "--yes", "--stack", "plain");
      assert.notEqual(code, 0);
      assert.equal((await cluster.namespaces()).includes("plain"), false);
      return stdout;
    };
    await project.pulumi("stack", "init", "plain");
    await project.pulumi("config", "set", "ed8k:profil", "full");
    assert.match(
      await said(),
      /ed8k:profil: is no key of the config; there are .*\n +hint: did you mean ed8k:profile\?/,
    );
    await project.pulumi("config", "rm", "ed8k:profil");
    await project.pulumi("config", "set", "--secret", "ed8k:profile", "full");
    assert.match(await said(), /config of plain: ed8k:profile is encrypted, but ED8K's config holds no secrets/);
    await project.pulumi("stack", "rm", "plain", "--yes");
  });

  it("and pulumi itself knows of no stack but the cluster's", async () => {
    assert.deepEqual(await project.stacks(), ["dev"]);
  });
});
