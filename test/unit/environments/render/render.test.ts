import assert from "node:assert/strict";
import { join } from "node:path";
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
