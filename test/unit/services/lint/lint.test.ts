import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { lintChart } from "../../../../services/lint/lint.js";
import { cleanUp, scratchFolder } from "../../sandbox/scratch.js";

const GOOD: Readonly<Record<string, string>> = {
  "Chart.yaml": "apiVersion: v2\nname: ledger\nversion: 1.2.3\n",
  "ed8k.yaml": `apiVersion: ed8k.dev/v1
kind: Service
metadata: { name: ledger, owner: team }
routes: { http: { service: ledger, port: http } }
`,
  "templates/service.yaml": `apiVersion: v1
kind: Service
metadata: { name: ledger }
spec:
  selector: { app: ledger }
  ports:
    - { name: http, port: 80, targetPort: http }
`,
  "templates/deployment.yaml": `apiVersion: apps/v1
kind: Deployment
metadata: { name: ledger }
spec:
  selector: { matchLabels: { app: ledger } }
  template:
    metadata: { labels: { app: ledger } }
    spec:
      containers:
        - name: ledger
          image: ghcr.io/team/ledger:1.2.3
          ports:
            - { name: http, containerPort: 8080 }
`,
};

/** What lint says of the good chart with some of its files changed; \`undefined\` takes one out. */
async function faultsOf(changes: Readonly<Record<string, string | undefined>>): Promise<readonly string[]> {
  const folder = scratchFolder();
  for (const [file, text] of Object.entries({ ...GOOD, ...changes })) {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    if (text === undefined) rmSync(path, { force: true });
    else writeFileSync(path, text);
  }
  const { faults } = await lintChart(folder, "ledger");
  return faults.map(({ where, problem, hint = "" }) => `${where}: ${problem} (${hint})`);
}

function changed(file: string, from: string, to: string): Readonly<Record<string, string>> {
  const text = GOOD[file] ?? "";
  assert.ok(text.includes(from), from);
  return { [file]: text.replace(from, to) };
}

describe("lint of a chart [row 90]", () => {
  afterEach(cleanUp);

  it("says nothing of a good one", async () => {
    assert.deepEqual(await faultsOf({}), []);
  });

  it("tells images without a version, with their line", async () => {
    assert.deepEqual(await faultsOf(changed("templates/deployment.yaml", "ledger:1.2.3", "ledger:latest")), [
      'ledger/templates/deployment.yaml:11: Deployment "ledger" runs the image "ghcr.io/team/ledger:latest", which changes without a word [images] (name the version)',
    ]);
  });

  it("tells ports without a name, and Services that find theirs by number", async () => {
    assert.deepEqual(await faultsOf(changed("templates/deployment.yaml", "{ name: http, container", "{ container")), [
      'ledger/templates/deployment.yaml:13: a port of Deployment "ledger" has no name [ports] (name it, such as http)',
    ]);
    assert.deepEqual(await faultsOf(changed("templates/service.yaml", "targetPort: http", "targetPort: 8080")), [
      "ledger/templates/service.yaml:7: the port http of Service \"ledger\" finds its container's port by number [ports] (write targetPort: and the name of the container's port, such as http)",
    ]);
    const nameless = {
      ...changed("templates/service.yaml", "name: http, ", ""),
      ...changed("ed8k.yaml", "port: http", "port: 80"),
    };
    assert.deepEqual(await faultsOf(nameless), [
      'ledger/templates/service.yaml:7: a port of Service "ledger" has no name [ports] (name it, such as http)',
    ]);
  });

  it("tells namespaces, even the release's own [row 83]", async () => {
    const named = "{ name: ledger, namespace: {{ .Release.Namespace }} }";
    assert.deepEqual(await faultsOf(changed("templates/service.yaml", "{ name: ledger }", named)), [
      'ledger/templates/service.yaml:5 (as rendered): Service "ledger" names the namespace "lint" [namespaces] (take the line out: every object goes to the release\'s)',
    ]);
  });

  it("tells what environments refuse", async () => {
    const role = "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: { name: ledger }\nrules: []\n";
    const [fault, ...others] = await faultsOf({ "templates/role.yaml": role });
    assert.deepEqual(others, []);
    assert.match(fault ?? "", /^ledger\/templates\/role\.yaml:\d+: .*ClusterRole.* \[scope\] \(.+\)$/);
  });

  it("tells routes that lead nowhere", async () => {
    assert.deepEqual(await faultsOf(changed("ed8k.yaml", "service: ledger", "service: ledgr")), [
      'ledger/ed8k.yaml:4:28: routes.http.service: "ledgr" is no Service of the chart, which has ledger [routes] (did you mean ledger?)',
    ]);
    assert.deepEqual(await faultsOf(changed("ed8k.yaml", "port: http", "port: htp")), [
      'ledger/ed8k.yaml:4:42: routes.http.port: "htp" is no port of Service "ledger", which has http [routes] (did you mean http?)',
    ]);
  });

  it("tells a Pulumi program [row 67]", async () => {
    assert.deepEqual(await faultsOf({ "infra/Pulumi.yaml": "name: x\n", "Pulumi.dev.yaml": "" }), [
      "ledger/Pulumi.dev.yaml: a chart brings no Pulumi program [pulumi] (claim what the service needs under resources in ed8k.yaml)",
      "ledger/infra/Pulumi.yaml: a chart brings no Pulumi program [pulumi] (claim what the service needs under resources in ed8k.yaml)",
    ]);
  });

  it("tells the faults of Chart.yaml and ed8k.yaml at once, before anything is rendered", async () => {
    const both = { "Chart.yaml": "apiVersion: v2\nname: ledger\n", ...changed("ed8k.yaml", "routes", "route") };
    assert.deepEqual(await faultsOf(both), [
      "ledger/Chart.yaml:1:1: version: is missing; it must be of type string ()",
      "ledger/ed8k.yaml:4:1: route: is not known; there are apiVersion, kind, metadata, dependsOn, resources, variables, routes, development (did you mean routes?)",
    ]);
  });

  it("tells that a file is missing", async () => {
    assert.deepEqual(await faultsOf({ "ed8k.yaml": undefined, "Chart.yaml": undefined }), [
      "ledger: is no chart: it has no Chart.yaml (name the folder in which the Chart.yaml lies)",
      "ledger: is no service: it has no file ed8k.yaml (docs/services.md tells what to write into it; ed8kctl service new makes one)",
    ]);
  });

  it("leaves subcharts to what environments refuse", async () => {
    const faults = await faultsOf({
      "charts/other/Chart.yaml": "apiVersion: v2\nname: other\nversion: 1.0.0\n",
      "charts/other/templates/service.yaml": (GOOD["templates/service.yaml"] ?? "")
        .replace("name: ledger", "name: other")
        .replace("targetPort: http", "targetPort: 8080"),
    });
    assert.deepEqual(faults, []);
  });
});
