import assert from "node:assert/strict";
import { planAddOns } from "../../../../cluster/platform/add-ons/plan.js";
import { CHART_SOURCES } from "../../../../sandbox/charts/sources.js";
import { VERSIONS } from "../../../../versions.js";
import { eksConfig } from "../../cluster/platform/add-ons/config.js";

function release(chart: string, file: string, text: string): string | undefined {
  return CHART_SOURCES.find(({ name }) => name === chart)?.release[file]?.(text);
}

describe("the sandbox's charts", () => {
  it("are charts of add-ons, in the add-ons' versions", () => {
    const charts = planAddOns({ config: eksConfig() }).flatMap((plan) => plan.charts);
    for (const { name, version } of CHART_SOURCES) {
      assert.equal(charts.find((chart) => chart.name === name)?.from.version, version, name);
    }
  });

  it("say which run pods; the others only define kinds", () => {
    assert.deepEqual(
      CHART_SOURCES.map(({ name, runs }) => [name, runs]),
      [
        ["karpenter-crd", false],
        ["karpenter", true],
        ["gateway-crds-helm", false],
        ["gateway-helm", true],
      ],
    );
  });

  it("are released as their publishers do: with their version, and the image of it", () => {
    const { karpenter, "gateway-helm": gateway } = VERSIONS.charts;
    assert.equal(
      release("karpenter", "Chart.yaml", "name: karpenter\nversion: 1.0.0\nappVersion: 1.0.0\n"),
      `name: karpenter\nversion: ${karpenter}\nappVersion: ${karpenter}\n`,
    );
    const image = "controller:\n  image:\n    repository: r\n    # -- Tag\n    tag: 1.0.0\n    digest: sha256:ea73\n";
    assert.equal(
      release("karpenter", "values.yaml", image),
      `controller:\n  image:\n    repository: r\n    # -- Tag\n    tag: ${karpenter}\n    digest: ""\n`,
    );
    assert.equal(
      release("gateway-helm", "values.yaml", "image: ${GatewayImage}\npull: ${GatewayImagePullPolicy}\n"),
      `image: docker.io/envoyproxy/gateway:v${gateway}\npull: IfNotPresent\n`,
    );
    assert.throws(() => release("karpenter", "values.yaml", "controller: {}\n"), {
      message: "the chart has no controller.image.tag",
    });
  });
});
