import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { UserError } from "../../../../errors.js";
import type { Catalogue, ChartReference } from "../../../../services/catalogue.js";
import { chartLoader } from "../../../../services/fetch/fetch-chart.js";
import { cleanUp, errorOf, program, scratchFolder } from "../../sandbox/scratch.js";

const SERVICE = "apiVersion: ed8k.dev/v1\nkind: Service\nmetadata: { name: ledger, owner: team }\n";

interface Files {
  readonly chart?: string;
  readonly service?: string;
}

/** A chart of the service `ledger` in `<root>/<path>`. */
function chartIn(root: string, path: string, { chart = "", service = SERVICE }: Files = {}): string {
  const folder = join(root, path);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "Chart.yaml"), `apiVersion: v2\nname: ledger\nversion: 1.2.3\n${chart}`);
  if (service !== "") writeFileSync(join(folder, "ed8k.yaml"), service);
  return folder;
}

function loaderOf(root: string, reference: ChartReference, helm?: string) {
  const catalogue: Catalogue = {
    file: "services/catalogue.yaml",
    folder: join(root, "services"),
    core: [],
    services: { ledger: reference },
    profiles: {},
  };
  const work = { report: () => undefined };
  return chartLoader({ root, catalogue, work, cache: join(root, "cache"), ...(helm === undefined ? {} : { helm }) });
}

async function messageOf(action: () => unknown): Promise<string> {
  const { message, hint } = (await errorOf(action)) as UserError;
  return hint === undefined ? message : `${message} (${hint})`;
}

describe("charts in folders", () => {
  afterEach(cleanUp);
  const reference = { from: "folder", path: "./ledger" } as const;

  it("are used where they are, in the version of their Chart.yaml [row 55]", async () => {
    const root = scratchFolder();
    const folder = chartIn(root, "services/ledger");
    const { definition, ...service } = await loaderOf(root, reference)("ledger");
    assert.deepEqual(service, { name: "ledger", version: "1.2.3", chart: folder, source: "services/ledger" });
    assert.equal(definition.owner, "team");
    assert.equal((await loaderOf(root, reference)("ledger", "1.2.3")).version, "1.2.3");
  });

  it("may lie in a neighbouring checkout", async () => {
    const root = scratchFolder();
    chartIn(root, "ledger/chart");
    const { source } = await loaderOf(join(root, "project"), { from: "folder", path: "../../ledger/chart" })("ledger");
    assert.equal(source, "../ledger/chart");
  });

  it("have no other version than their own", async () => {
    const root = scratchFolder();
    chartIn(root, "services/ledger");
    assert.equal(
      await messageOf(() => loaderOf(root, reference)("ledger", "2.0.0")),
      'ledger 2.0.0 is not to be had: services/ledger holds version 1.2.3 (take "ledger" out of ed8k:versions, or name a registry in the catalogue that has the version)',
    );
  });

  it("are told when they are missing, half there or broken", async () => {
    const root = scratchFolder();
    const load = loaderOf(root, reference);
    const hint = "(name the folder in which the Chart.yaml lies)";
    assert.equal(
      await messageOf(() => load("ledger")),
      `chart: services/ledger: is no chart: it does not exist ${hint}`,
    );
    mkdirSync(join(root, "services/ledger"), { recursive: true });
    assert.equal(
      await messageOf(() => load("ledger")),
      `chart: services/ledger: is no chart: it has no Chart.yaml ${hint}`,
    );
    chartIn(root, "services/ledger", { service: "" });
    assert.equal(
      await messageOf(() => load("ledger")),
      "service definition: services/ledger: is no service: it has no file ed8k.yaml (docs/services.md tells what to write into it; ed8kctl service new makes one)",
    );
    chartIn(root, "services/ledger", { chart: "version: 1.0.0\n" });
    assert.equal(
      await messageOf(() => load("ledger")),
      "chart: services/ledger/Chart.yaml:4:1: is no YAML: Map keys must be unique",
    );
  });

  it("must be called the same in the catalogue and in their ed8k.yaml", async () => {
    const root = scratchFolder();
    chartIn(root, "services/ledger", { service: SERVICE.replace("ledger", "books") });
    assert.equal(
      await messageOf(() => loaderOf(root, reference)("ledger")),
      'services/ledger/ed8k.yaml: metadata.name is "books", but services/catalogue.yaml calls the service "ledger" (give both the same name)',
    );
  });

  it("need the charts that they depend on, as folders or packed", async () => {
    const root = scratchFolder();
    const chart = "dependencies: [{ name: common, version: 1.x }, { name: ledger-lib, version: 2.x }]\n";
    const folder = chartIn(root, "services/ledger", { chart });
    const load = loaderOf(root, reference);
    const fault = (missing: string) =>
      `chart: services/ledger/Chart.yaml:4:1: dependencies: charts/ has ${missing}, which the chart depends on (helm dependency build services/ledger)`;
    assert.equal(await messageOf(() => load("ledger")), fault("no common, no ledger-lib"));
    mkdirSync(join(folder, "charts", "common"), { recursive: true });
    writeFileSync(join(folder, "charts", "ledger-lib-extra-1.0.0.tgz"), "");
    assert.equal(await messageOf(() => load("ledger")), fault("no ledger-lib"));
    writeFileSync(join(folder, "charts", "ledger-lib-2.0.1.tgz"), "");
    assert.equal((await load("ledger")).version, "1.2.3");
  });
});

describe("charts from elsewhere", () => {
  afterEach(cleanUp);
  const oci = { from: "oci", chart: "oci://registry.example.com/charts/ledger", version: "1.2.3" } as const;

  /** A helm that notes its arguments and unpacks the chart in `<root>/published`. */
  function fakeHelm(root: string): string {
    return program(
      join(root, "helm"),
      `echo "$@" >> ${root}/calls\nfor folder; do :; done\ncp -r ${root}/published $folder/ledger`,
    );
  }

  function callsOf(root: string): readonly string[] {
    return readFileSync(join(root, "calls"), "utf8").trim().split("\n");
  }

  it("are pulled once for each version", async () => {
    const root = scratchFolder();
    chartIn(root, "published");
    const load = loaderOf(root, oci, fakeHelm(root));
    const { chart, source, version } = await load("ledger");
    assert.equal(source, "oci://registry.example.com/charts/ledger:1.2.3");
    assert.equal(version, "1.2.3");
    assert.ok(existsSync(join(chart, "Chart.yaml")));
    await load("ledger");
    assert.deepEqual(
      callsOf(root).map((call) => call.split(" --untar")[0]),
      ["pull oci://registry.example.com/charts/ledger --version 1.2.3"],
    );
  });

  it("come in the version that the config names [row 53]", async () => {
    const root = scratchFolder();
    chartIn(root, "published");
    const repository = "https://charts.example.com/";
    const load = loaderOf(root, { from: "repository", repository, chart: "ledger", version: "9.0.0" }, fakeHelm(root));
    assert.equal((await load("ledger", "1.2.3")).source, "https://charts.example.com/ledger:1.2.3");
    assert.deepEqual(
      callsOf(root).map((call) => call.split(" --untar")[0]),
      ["pull ledger --repo https://charts.example.com/ --version 1.2.3"],
    );
  });

  it("are told in helm's words when they cannot be pulled, and tried again the next time", async () => {
    const root = scratchFolder();
    const broken = program(join(root, "broken"), "echo 'Error: denied: no such chart' >&2; exit 1");
    assert.equal(
      await messageOf(() => loaderOf(root, oci, broken)("ledger")),
      "the chart oci://registry.example.com/charts/ledger, version 1.2.3, cannot be pulled: denied: no such chart (check the reference and the version in the catalogue; a private registry needs helm registry login first)",
    );
    chartIn(root, "published");
    assert.equal((await loaderOf(root, oci, fakeHelm(root))("ledger")).version, "1.2.3");
  });
});
