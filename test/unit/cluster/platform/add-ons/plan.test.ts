import assert from "node:assert/strict";
import { ADD_ON_NAMES, ADD_ONS } from "../../../../../cluster/platform/add-ons/catalogue.js";
import { gatewayOf } from "../../../../../cluster/platform/add-ons/gateway-of.js";
import { planAddOns } from "../../../../../cluster/platform/add-ons/plan.js";
import { parseConfig, type ClusterConfig } from "../../../../../config.js";
import { VERSIONS } from "../../../../../versions.js";
import { errorOf } from "../../../environments/fixtures.js";
import { eksConfig } from "./config.js";

const named = (keys: Readonly<Record<string, unknown>> = {}): string[] =>
  planAddOns({ config: eksConfig(keys) }).map(({ name }) => name);

const DEFAULT = [
  "storage",
  "snapshots",
  "karpenter",
  "aws-load-balancer-controller",
  "envoy-gateway",
  "telepresence",
] as const;

describe("the add-ons of a cluster", () => {
  it("are these unless the config says otherwise [row 58]", () => {
    assert.deepEqual(named(), DEFAULT);
  });

  it("may have monitoring, by one key [row 94]", () => {
    assert.deepEqual(named({ monitoring: "kube-prometheus-stack" }), [...DEFAULT, "kube-prometheus-stack"]);
    assert.deepEqual(named({ monitoring: "none" }), DEFAULT);
  });

  it("can each be switched off, with what needs it", () => {
    for (const name of DEFAULT) {
      const needed = DEFAULT.filter((other) => ("needs" in ADD_ONS[other] ? ADD_ONS[other].needs : []).includes(name));
      const off = [name, ...needed];
      assert.deepEqual(
        named({ addOns: Object.fromEntries(off.map((each) => [each, false])) }),
        DEFAULT.filter((other) => !off.includes(other)),
      );
    }
  });

  it("refuse names that are none, and an add-on without what it needs, all at once", async () => {
    const addOns = { telepresense: true, prometheus: true, "aws-load-balancer-controller": false };
    const error = await errorOf(() => named({ addOns }));
    assert.equal(error.exit, "usage");
    assert.equal(
      error.message,
      `config of dev: 3 faults:
  - ed8k:addOns: "telepresense" is no add-on (did you mean telepresence?)
  - ed8k:addOns: "prometheus" is no add-on (there are ${ADD_ON_NAMES.join(", ")})
  - ed8k:addOns: envoy-gateway is of no use without aws-load-balancer-controller, which is switched off (switch both on, or envoy-gateway off too)`,
    );
  });

  it("come after what they need", () => {
    for (const [index, name] of ADD_ON_NAMES.entries()) {
      const needs: readonly string[] = "needs" in ADD_ONS[name] ? ADD_ONS[name].needs : [];
      for (const need of needs)
        assert.ok(
          ADD_ON_NAMES.slice(0, index).some((earlier) => earlier === need),
          name,
        );
    }
  });

  it("take every chart in the version of the one table, from a registry that is not the sandbox's", () => {
    const plans = planAddOns({ config: eksConfig({ monitoring: "kube-prometheus-stack" }) });
    const charts = plans.flatMap((plan) => plan.charts);
    assert.deepEqual(
      charts.map(({ name, namespace, from }) => {
        const place = from.from === "oci" ? from.chart : `${from.repository} ${from.chart}`;
        return `${namespace}/${name} ${from.version} ${place}`;
      }),
      [
        `ed8k-platform/karpenter-crd ${VERSIONS.charts["karpenter-crd"]} oci://public.ecr.aws/karpenter/karpenter-crd`,
        `ed8k-platform/karpenter ${VERSIONS.charts.karpenter} oci://public.ecr.aws/karpenter/karpenter`,
        `ed8k-platform/aws-load-balancer-controller ${VERSIONS.charts["aws-load-balancer-controller"]} https://aws.github.io/eks-charts aws-load-balancer-controller`,
        `ed8k-gateway/gateway-crds-helm ${VERSIONS.charts["gateway-helm"]} oci://docker.io/envoyproxy/gateway-crds-helm`,
        `ed8k-gateway/gateway-helm ${VERSIONS.charts["gateway-helm"]} oci://docker.io/envoyproxy/gateway-helm`,
        `ed8k-platform/telepresence-oss ${VERSIONS.charts["telepresence-oss"]} oci://ghcr.io/telepresenceio/telepresence-oss`,
        `ed8k-system/kube-prometheus-stack ${VERSIONS.charts["kube-prometheus-stack"]} oci://ghcr.io/prometheus-community/charts/kube-prometheus-stack`,
      ],
    );
  });

  it("tell controllers the names that the AWS parts have", () => {
    const [, karpenter, loadBalancers] = planAddOns({ config: eksConfig() }).flatMap(({ charts }) => charts);
    assert.deepEqual(karpenter?.values["settings"], {
      clusterName: "ed8k-dev",
      interruptionQueue: "ed8k-dev-karpenter",
      eksControlPlane: true,
      minValuesPolicy: "BestEffort",
      featureGates: { spotToSpotConsolidation: true },
    });
    const { clusterName, region, vpcTags, serviceAccount } = loadBalancers?.values ?? {};
    assert.deepEqual(
      { clusterName, region, vpcTags, serviceAccount },
      {
        clusterName: "ed8k-dev",
        region: "eu-west-1",
        vpcTags: { "ed8k:cluster": "dev" },
        serviceAccount: { name: "aws-load-balancer-controller" },
      },
    );
  });

  it("give environments a Gateway, unless it is switched off or the cluster was there before", () => {
    assert.deepEqual(gatewayOf(eksConfig()), { namespace: "ed8k-gateway", name: "environments" });
    assert.equal(gatewayOf(eksConfig({ addOns: { "envoy-gateway": false } })), undefined);
    const existing = parseConfig("dev", { "ed8k:kind": "cluster", "ed8k:context": "kind-dev" }) as ClusterConfig;
    assert.equal(gatewayOf(existing), undefined);
  });
});
