import assert from "node:assert/strict";
import fc from "fast-check";
import { basisFor, priceOf } from "../../../../cluster/cost/basis.js";
import { clusterCost } from "../../../../cluster/cost/cluster-cost.js";
import { environmentCost, USUAL_POOLS, useOfPlan, useOfSize } from "../../../../cluster/cost/environment-cost.js";
import { estimateCluster } from "../../../../cluster/cost/estimate.js";
import { PRICES } from "../../../../cluster/cost/prices.js";
import { pricesWith } from "../../../../cluster/cost/prices-file.js";
import { BROKER_TYPES, NAT_MODES } from "../../../../cluster/aws/settings.js";
import type { PlannedObject } from "../../../../environments/plan/types.js";
import { SIZES } from "../../../../environments/size.js";
import { LABELS } from "../../../../naming.js";
import { settingsWith } from "../aws/settings.js";

const BASIS = basisFor("eu-west-1");
/** Round prices, so that sums can be done by head. */
const ROUND = pricesWith("round.yaml", {
  text: JSON.stringify({ "node.cpu": 0.1, "node.memory": 0.01, "ebs.gp3": 0.73 }),
  region: "eu-west-1",
});

function object(kind: string, { claim, cpu }: { readonly claim?: string; readonly cpu: string }): PlannedObject {
  const labels: Record<string, string> = claim === undefined ? {} : { [LABELS.claim]: claim };
  const spec = { containers: [{ name: "c", image: "x", resources: { requests: { cpu, memory: "1Gi" } } }] };
  const volumes = [{ spec: { resources: { requests: { storage: "10Gi" } } } }];
  const manifest = {
    apiVersion: "apps/v1",
    kind,
    metadata: { name: `${kind}-${cpu}`, labels },
    spec: {
      replicas: 1,
      template: { spec },
      ...(kind === "StatefulSet" ? { volumeClaimTemplates: volumes } : {}),
    },
  };
  return { id: manifest.metadata.name, manifest, after: [], ignoreChanges: [] };
}

function near(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) < 0.005, `${actual} is not about ${expected}`);
}

describe("what a cluster costs", () => {
  it("without environments is the sum of what always runs", () => {
    const lines = clusterCost(settingsWith(), BASIS).map(
      ({ item, amount, perMonth }) => `${item}: ${amount}: ${perMonth.toFixed(2)}`,
    );
    assert.deepEqual(lines, [
      "EKS control plane: 1 × cluster: 73.00",
      "MSK brokers: 3 × kafka.m7g.large: 491.44",
      "MSK storage: 300 × GB: 33.00",
      "system nodes: 2 × m6a.large: 138.76",
      "their volumes: 100 × GB gp3: 8.80",
      "NAT: 1 × gateway, single: 35.04",
      "NAT's addresses: 1 × public IPv4: 3.65",
      "through NAT: 300 × GB: 14.40",
      "NLB of the gateway: 1 × internal NLB: 18.07",
      "KMS: 1 × key: 1.00",
      "control plane's logs: 20 × GB: 11.00",
      "datasets: 200 × GB S3: 5.06",
      "images: 0 × GB ECR: 0.00",
    ]);
  });

  it("follows NAT's mode, flow logs and repositories", () => {
    const changed = {
      ...settingsWith({ aws: { nat: "perZone", flowLogs: true } }),
      storage: { repositories: ["bos"] },
    };
    const lines = clusterCost(changed, BASIS).map(({ item, amount }) => `${item}: ${amount}`);
    assert.deepEqual(
      lines.filter((line) => /^NAT:|flow|images/.test(line)),
      ["NAT: 3 × gateway, perZone", "flow logs: 100 × GB", "images: 20 × GB ECR"],
    );
    const gateways = NAT_MODES.map((nat) => {
      const found = clusterCost(settingsWith({ aws: { nat } }), BASIS).find(({ item }) => item === "NAT");
      return [nat, found?.amount];
    });
    assert.deepEqual(gateways, [
      ["single", "1 × gateway, single"],
      ["perZone", "3 × gateway, perZone"],
      ["regional", "3 × gateway, regional"],
    ]);
  });

  it("of 100 environments is within the budget of 10,000 dollars a month [row 6]", () => {
    const { total, budget, fixed, environments } = estimateCluster(settingsWith(), { count: 100, size: "m" }, BASIS);
    near(total.perMonth, fixed.perMonth + 100 * environments.each.perMonth);
    near(total.awakePerHour, fixed.perHour + 100 * environments.each.awakePerHour);
    near(total.asleepPerHour, fixed.perHour + 100 * environments.each.asleepPerHour);
    assert.equal(budget.monthlyUsd, 10_000);
    assert.ok(total.perMonth <= 10_000 && budget.share <= 1, String(total.perMonth));
    assert.ok(budget.environments >= 100, String(budget.environments));
  });

  it("tells the most environments that the budget has room for", () => {
    const least = settingsWith({ budget: { monthlyUsd: 2000 } });
    const { budget } = estimateCluster(least, { count: 100, size: "m" }, BASIS);
    const monthOf = (count: number): number => estimateCluster(least, { count, size: "m" }, BASIS).total.perMonth;
    assert.ok(budget.share > 1);
    assert.ok(monthOf(budget.environments) <= 2000 && monthOf(budget.environments + 1) > 2000);
    const none = estimateCluster(settingsWith({ budget: { monthlyUsd: 1 } }), { count: 1, size: "s" }, BASIS);
    assert.equal(none.budget.environments, 0);
  });

  it("is known of every broker and region that settings may name", () => {
    for (const type of BROKER_TYPES) assert.ok(priceOf(BASIS, `msk.${type}`) > 0);
    near(priceOf(basisFor("us-east-1"), "msk.kafka.m7g.large"), 0.204);
    near(priceOf(basisFor("eu-west-1"), "msk.kafka.m7g.large"), 0.2244);
    near(priceOf(basisFor("eu-central-1"), "nat.gateway"), 0.048);
    near(priceOf(basisFor("us-east-1"), "nat.gateway"), 0.0436);
    near(priceOf(basisFor("eu-central-1"), "eks.cluster"), 0.1);
  });

  it("has a source and a date for every price", () => {
    const bad = Object.entries(PRICES).filter(
      ([, { usd, source, date }]) => usd <= 0 || source === "" || !/^2026-\d\d(-\d\d)?$/.test(date),
    );
    assert.deepEqual(bad, []);
  });

  it("of an instance type without price is asked for", () => {
    const settings = settingsWith();
    const other = { ...settings, eks: { ...settings.eks, system: { instanceType: "m9z.large", nodes: 2 } } };
    assert.throws(() => clusterCost(other, BASIS), {
      name: "UserError",
      message: "no price is known of ec2.m9z.large",
      hint: "write it to a file, as ec2.m9z.large: <US dollars>, and add --prices <file>",
    });
    const prices = pricesWith("own.yaml", { text: "ec2.m9z.large: 1", region: "eu-west-1" });
    const found = clusterCost(other, basisFor("eu-west-1", prices)).find(({ item }) => item === "system nodes");
    assert.equal(found?.perHour, 2);
  });
});

describe("what an environment costs", () => {
  it("is reckoned from what its plan asks for, databases apart, Jobs left out", () => {
    const objects = [
      object("Deployment", { cpu: "2" }),
      object("StatefulSet", { cpu: "1", claim: "db" }),
      object("Job", { cpu: "8" }),
    ];
    assert.deepEqual(useOfPlan({ services: [{ objects }] as never }), {
      workloads: { cpu: 2, memoryGib: 1 },
      data: { cpu: 1, memoryGib: 1 },
      storageGib: 10,
    });
  });

  it("is that of nodes while it is awake, and that of volumes all the time", () => {
    const basis = basisFor("eu-west-1", ROUND);
    const use = { workloads: { cpu: 2, memoryGib: 10 }, data: { cpu: 1, memoryGib: 0 }, storageGib: 100 };
    const cost = environmentCost(use, USUAL_POOLS, basis);
    near(cost.asleepPerHour, 0.1);
    // (2 × 0.1 + 10 × 0.01) × 1.3 × 0.35 on spot, 0.1 × 1.3 on demand
    near(cost.awakePerHour, 0.1 + 0.1365 + 0.13);
    near(cost.perMonth, 73 + (0.1365 + 0.13) * 220);
    near(cost.neverAsleepPerMonth, (0.1 + 0.1365 + 0.13) * 730);
    const onDemand = environmentCost(use, { ...USUAL_POOLS, workloads: { capacity: ["on-demand"] } }, basis);
    near(onDemand.awakePerHour, 0.1 + 0.39 + 0.13);
  });

  it("grows with its size, and is less asleep than awake", () => {
    const costs = SIZES.map((size) => environmentCost(useOfSize(size, BASIS.assumptions), USUAL_POOLS, BASIS));
    for (const [index, cost] of costs.entries()) {
      assert.ok(cost.asleepPerHour < cost.awakePerHour && cost.perMonth < cost.neverAsleepPerMonth);
      assert.ok(cost.perMonth > (costs[index - 1]?.perMonth ?? 0));
    }
  });

  it("is the sum of its parts, whatever it asks for", () => {
    const amount = fc.double({ min: 0, max: 1000, noNaN: true });
    const requests = fc.record({ cpu: amount, memoryGib: amount });
    const nothing = { cpu: 0, memoryGib: 0 };
    fc.assert(
      fc.property(requests, requests, amount, (workloads, data, storageGib) => {
        const month = (use: Parameters<typeof environmentCost>[0]): number =>
          environmentCost(use, USUAL_POOLS, BASIS).perMonth;
        const parts = [
          month({ workloads, data: nothing, storageGib: 0 }),
          month({ workloads: nothing, data, storageGib: 0 }),
          month({ workloads: nothing, data: nothing, storageGib }),
        ];
        const whole = month({ workloads, data, storageGib });
        assert.ok(Math.abs(whole - parts.reduce((sum, part) => sum + part, 0)) <= whole * 1e-9);
      }),
    );
  });
});

describe("a file of prices", () => {
  const read = (text: string): unknown => pricesWith("own.yaml", { text, region: "eu-west-1" });

  it("is laid over the table, for the cluster's own region", () => {
    const prices = pricesWith("own.yaml", { text: "eks.cluster: 0.6\nnat.gateway: 0.05\n", region: "eu-west-1" });
    assert.deepEqual(prices, {
      ...PRICES,
      "eks.cluster": { usd: 0.6, unit: "hour", region: "eu-west-1", source: "own.yaml", date: "" },
      "nat.gateway": { usd: 0.05, unit: "hour", region: "eu-west-1", source: "own.yaml", date: "" },
    });
  });

  it("is refused with all that is wrong in it", () => {
    assert.throws(
      () => read("eks.clusters: 1\nnlb.hour: cheap\nkms.key: -1\n"),
      (error: Error) => {
        assert.deepEqual(
          error.message.split("\n").map((line) => line.replace(/there are .*, and/, "there are …, and")),
          [
            "prices in own.yaml: 3 faults:",
            "  - eks.clusters: is no price; there are …, and ec2.<instance type> (did you mean eks.cluster?)",
            '  - nlb.hour: "cheap" is no price: it is a number of US dollars',
            "  - kms.key: -1 is no price: it is a number of US dollars",
          ],
        );
        return true;
      },
    );
    assert.throws(() => read("- 1"), { message: "prices in own.yaml: it is no mapping of prices to US dollars" });
    assert.throws(() => read("{"), { message: /^prices in own\.yaml: it is neither YAML nor JSON: / });
  });
});
