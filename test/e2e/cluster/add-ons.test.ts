import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { AddOnChart } from "../../../cluster/platform/add-ons/add-on.js";
import { chartFolder } from "../../../cluster/platform/add-ons/charts.js";
import { planAddOns } from "../../../cluster/platform/add-ons/plan.js";
import { renderAddOns } from "../../../cluster/platform/add-ons/render.js";
import type { PlannedObject } from "../../../environments/plan/types.js";
import type { Json } from "../../../kube/manifest.js";
import { asList, at, isJsonObject } from "../../../kube/object.js";
import { resolveCharts, type SandboxCharts } from "../../../sandbox/charts/charts.js";
import { VERSIONS } from "../../../versions.js";
import { eksConfig } from "../../unit/cluster/platform/add-ons/config.js";

const config = eksConfig({ monitoring: "kube-prometheus-stack" });
const work = { report: () => undefined };

/** Charts that are in no Go module; what is shown here is not shown of them. */
const NOT_HERE = ["aws-load-balancer-controller", "telepresence-oss", "kube-prometheus-stack"];

/** Paths of values that a chart does not know; an empty map, or nothing, in a chart's values takes what is put there. */
function unknownValues(own: Json, chart: Json | undefined, path = ""): string[] {
  if (!isJsonObject(own) || chart === null) return [];
  if (!isJsonObject(chart)) return [path];
  if (path !== "" && Object.keys(chart).length === 0) return [];
  return Object.entries(own).flatMap(([key, value]) => {
    const here = path === "" ? key : `${path}.${key}`;
    return Object.hasOwn(chart, key) ? unknownValues(value ?? null, chart[key], here) : [here];
  });
}

describe("the add-ons' own charts", () => {
  let charts: SandboxCharts;
  let all: readonly AddOnChart[];
  let objects: readonly PlannedObject[];
  const warnings: string[] = [];
  before(async () => {
    charts = await resolveCharts(work, { runs: true });
    const plans = planAddOns({ config });
    all = plans.flatMap((plan) => plan.charts).filter(({ name }) => !NOT_HERE.includes(name));
    objects = await renderAddOns(plans, {
      charts: charts.folder,
      images: [],
      kubernetesVersion: VERSIONS.kubernetes,
      work,
      warn: (message) => warnings.push(message),
    });
  });

  it("are all there, but for those that are in no Go module", () => {
    assert.deepEqual(charts.missing, NOT_HERE);
    for (const { name, from } of all) {
      assert.ok(existsSync(join(charts.folder, chartFolder(name, from.version), "Chart.yaml")), name);
    }
    assert.equal(warnings.length, 1 + NOT_HERE.length);
  });

  it("know every value that is set: a misspelt one would be passed over without a word", () => {
    for (const { name, from, values } of all) {
      const text = readFileSync(join(charts.folder, chartFolder(name, from.version), "values.yaml"), "utf8");
      assert.deepEqual(unknownValues(values, parse(text) as Json), [], name);
    }
    assert.deepEqual(unknownValues({ a: { b: 1, c: { d: 2 } }, e: 3 }, { a: { c: {} } }), ["a.b", "e"]);
  });

  it("run with the platform's priority, on system nodes", () => {
    const pods = objects.filter(({ manifest }) => manifest.kind === "Deployment");
    assert.deepEqual(
      pods.map(({ id, manifest }) => {
        const spec = at(manifest["spec"], "template", "spec");
        return [id, at(spec, "priorityClassName"), at(spec, "tolerations")];
      }),
      ["karpenter/ed8k-platform/Deployment/karpenter", "gateway-helm/ed8k-gateway/Deployment/envoy-gateway"].map(
        (id) => [id, "ed8k-platform", [{ key: "CriticalAddonsOnly", operator: "Exists" }]],
      ),
    );
  });

  it("run the release that their version says, and find what the AWS parts have made", () => {
    const [karpenter, gateway] = objects.filter(({ manifest }) => manifest.kind === "Deployment");
    const [container] = asList(at(karpenter?.manifest["spec"], "template", "spec", "containers"));
    assert.equal(at(container, "image"), `public.ecr.aws/karpenter/controller:${VERSIONS.charts.karpenter}`);
    const env = asList(at(container, "env")).map((variable) => [at(variable, "name"), at(variable, "value")]);
    assert.ok(env.some(([name, value]) => name === "CLUSTER_NAME" && value === "ed8k-dev"));
    assert.ok(env.some(([name, value]) => name === "INTERRUPTION_QUEUE" && value === "ed8k-dev-karpenter"));
    assert.equal(
      at(asList(at(gateway?.manifest["spec"], "template", "spec", "containers"))[0], "image"),
      `docker.io/envoyproxy/gateway:v${VERSIONS.charts["gateway-helm"]}`,
    );
    assert.ok(objects.some(({ id }) => id === "karpenter/ed8k-platform/ServiceAccount/karpenter"));
  });

  it("define every kind of our own objects, which come after the definition and after what serves them", () => {
    const definitions = objects.filter(({ manifest }) => manifest.kind === "CustomResourceDefinition");
    const kinds = ["EC2NodeClass", "NodePool", "EnvoyProxy", "GatewayClass", "Gateway"];
    for (const kind of kinds) {
      const definition = definitions.find(({ manifest }) => at(manifest["spec"], "names", "kind") === kind)?.id ?? "";
      const own = objects.filter(({ manifest }) => manifest.kind === kind);
      assert.ok(own.length > 0, kind);
      for (const { id, after } of own) {
        assert.ok(after.includes(definition), id);
        assert.ok(
          after.some((other) => other.includes("/Deployment/")),
          id,
        );
      }
    }
  });
});
