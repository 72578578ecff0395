import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { formatPath } from "../../../../environments/render/paths.js";
import { renderServices } from "./render-services.js";
import type { ResolvedService } from "../../../../services/resolved.js";
import { errorOf, serviceOf } from "../fixtures.js";

const ROOT = join(import.meta.dirname, "../../../..");
const OPTIONS = { environment: "alice", kubernetesVersion: "1.36.3", values: {} };

function fixture(name: string): ResolvedService {
  const source = `test/charts/${name}`;
  return { ...serviceOf(name), chart: join(ROOT, source), source };
}

describe("rendering charts that others wrote", () => {
  it("gives the objects of subcharts, tpl, range and named templates", async () => {
    const [shop] = await renderServices([fixture("shop")], OPTIONS);
    const told = shop?.objects.map(
      ({ file, manifest }) => `${file.slice(17)} ${manifest.kind} ${manifest.metadata.name}`,
    );
    const roles = ["web", "api", "search", "prices", "mail", "audit", "export", "import", "billing", "tax", "refunds"];
    assert.deepEqual(
      told?.toSorted(),
      [
        ...roles.toSorted().map((role) => `templates/deployments.yaml Deployment shop-${role}`),
        "charts/cart/templates/stateful-set.yaml StatefulSet shop-cart",
        "charts/stock/templates/settings.yaml ConfigMap shop-stock",
        "templates/operations.yaml NetworkPolicy shop-open",
        "templates/operations.yaml PodDisruptionBudget shop-api",
        "templates/operations.yaml PodDisruptionBudget shop-web",
        "templates/operations.yaml Role shop",
        "templates/operations.yaml RoleBinding shop",
        "templates/operations.yaml ServiceAccount shop",
        "templates/settings.yaml ConfigMap shop-settings",
        "templates/web.yaml Ingress shop",
        "templates/web.yaml Service shop-api",
        "templates/web.yaml Service shop-web",
      ].toSorted(),
    );
    const settings = shop?.objects.find(({ manifest }) => manifest.metadata.name === "shop-settings");
    assert.equal(settings?.manifest.metadata.namespace, "alice");
    assert.deepEqual(settings.manifest["data"], {
      GREETING: "Welcome to shop in alice",
      separator: "---\n# Source: not/a/template.yaml\n",
    });
  });

  it("lays values over those of the chart", async () => {
    const values = { shop: { roles: ["web"], stock: { enabled: false }, greeting: "hi" }, vault: { roles: [] } };
    const [shop] = await renderServices([fixture("shop")], { ...OPTIONS, values });
    const deployments = shop?.objects.filter(({ manifest }) => manifest.kind === "Deployment");
    assert.deepEqual(
      deployments?.map(({ manifest }) => manifest.metadata.name),
      ["shop-web"],
    );
  });

  it("finds what is new each time, and lookups", async () => {
    const [vault] = await renderServices([fixture("vault")], OPTIONS);
    const unstable = vault?.objects.map(({ manifest, unstable }) => [manifest.kind, unstable.map(formatPath)]);
    assert.deepEqual(unstable, [
      ["Secret", ["data.password", 'data["tls.crt"]']],
      [
        "Deployment",
        ['spec.template.metadata.annotations["checksum/ca"]', "spec.template.spec.containers[0].env[1].value"],
      ],
      ["Job", ["spec.template.spec.containers[0].args[0]"]],
    ]);
    assert.equal(vault?.usesLookup, true);
  });

  it("finds the present, and what has no order, in each rendering for certain; packed subcharts and values too", async () => {
    const chart = mkdtempSync(join(tmpdir(), "ed8k-chart-"));
    const write = (path: string, text: string): void => {
      mkdirSync(dirname(join(chart, path)), { recursive: true });
      writeFileSync(join(chart, path), text);
    };
    const map = (name: string, data: string): string =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\ndata:\n${data.replace(/^/gm, "  ")}\n`;
    write("Chart.yaml", "apiVersion: v2\nname: clock\nversion: 1.0.0\n");
    write("sub/Chart.yaml", "apiVersion: v2\nname: sub\nversion: 1.0.0\n");
    write("sub/templates/a.yaml", map("packed", "at: {{ now | unixEpoch | quote }}"));
    mkdirSync(join(chart, "charts"));
    execFileSync("tar", ["-czf", "charts/sub-1.0.0.tgz", "sub"], { cwd: chart });
    rmSync(join(chart, "sub"), { recursive: true });
    const lines = [
      'year: {{ now | date "2006" | quote }}',
      "age: {{ ago now | quote }}",
      'order: {{ keys (dict "a" 1 "b" 2) | join "," }}',
      'sorted: {{ keys (dict "a" 1 "b" 2) | sortAlpha | join "," }}',
      "pick: {{ randInt 0 2 | quote }}",
      "mixed: {{ shuffle (upper .Values.pair) | quote }}",
      "told: {{ tpl .Values.told . | quote }}",
      'fixed: {{ toDate "2006-01-02" "2020-02-02" | date "2006" | quote }}',
    ];
    write("templates/a.yaml", map("own", lines.join("\n")));
    const values = { clock: { pair: "ab", told: "since {{ now | date `2006` }}" } };
    const service = { ...serviceOf("clock"), chart, source: "clock" };
    try {
      const [clock] = await renderServices([service], { ...OPTIONS, values });
      const unstable = clock?.objects.map(({ manifest, unstable: paths }) => [
        manifest.metadata.name,
        paths.map(formatPath).toSorted(),
      ]);
      assert.deepEqual(unstable?.toSorted(), [
        ["own", ["data.age", "data.mixed", "data.order", "data.pick", "data.told", "data.year"]],
        ["packed", ["data.at"]],
      ]);
    } finally {
      rmSync(chart, { recursive: true });
    }
  });

  it("tells all that is wrong with all charts, with file, line and column", async () => {
    const error = await errorOf(() => renderServices(["broken-yaml", "helm-error"].map(fixture), OPTIONS));
    assert.equal(error.exit, "usage");
    assert.deepEqual(error.message.split("\n").toSorted(), [
      "  - test/charts/broken-yaml/templates/settings.yaml:7:3: is no valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]",
      "  - test/charts/broken-yaml/templates/twice.yaml:5:3: is no valid YAML: Map keys must be unique",
      '  - test/charts/helm-error/templates/_names.tpl:2:10: helm cannot render the chart: executing "names.host" at <.Values.ingress.host>: nil pointer evaluating interface {}.host',
      "charts of alice: 3 faults:",
    ]);
  });

  it("ends when it is interrupted", async () => {
    const signal = AbortSignal.abort();
    const error = await errorOf(() => renderServices([fixture("shop")], { ...OPTIONS, signal }));
    assert.equal(error.exit, "interrupted");
  });
});
