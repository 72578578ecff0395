import assert from "node:assert/strict";
import fc from "fast-check";
import { planPlatform } from "../../../../../cluster/platform/plan.js";
import { nodePools, poolNodes } from "../../../../../cluster/platform/add-ons/node-pools.js";
import { POOLS } from "../../../../../cluster/aws/settings.js";
import type { Manifest } from "../../../../../kube/manifest.js";
import { eksConfig, withEks } from "./config.js";

interface PoolSpec {
  readonly template: {
    readonly spec: {
      readonly requirements: readonly {
        readonly key: string;
        readonly values?: readonly string[];
        minValues?: number;
      }[];
      readonly taints?: unknown;
      readonly expireAfter: string;
    };
  };
  readonly disruption: Readonly<Record<string, unknown>>;
  readonly limits: { readonly cpu: string };
}

function specs(pools: readonly Manifest[]): Readonly<Record<string, PoolSpec>> {
  const own = pools.filter(({ kind }) => kind === "NodePool");
  return Object.fromEntries(own.map(({ metadata, spec }) => [metadata.name, spec as unknown as PoolSpec]));
}

function capacity(spec: PoolSpec | undefined): readonly string[] | undefined {
  return spec?.template.spec.requirements.find(({ key }) => key === "karpenter.sh/capacity-type")?.values;
}

describe("Karpenter's node pools", () => {
  const own = specs(nodePools(eksConfig().settings));

  it("are one for workloads, one for databases and one for builds; only what tolerates them gets into the last two", () => {
    assert.deepEqual(
      Object.entries(own).map(([name, { template }]) => [name, template.spec.taints]),
      [
        ["workloads", undefined],
        ["data", [{ key: "ed8k.dev/pool", value: "data", effect: "NoSchedule" }]],
        ["builds", [{ key: "ed8k.dev/pool", value: "builds", effect: "NoSchedule" }]],
      ],
    );
  });

  it("buy by the config what the base reservation leaves: spot, on demand, or both [row 93]", () => {
    assert.deepEqual(
      POOLS.map((pool) => capacity(own[pool])),
      [["spot", "on-demand"], ["on-demand"], ["spot"]],
    );
    const pools = { workloads: { capacity: ["on-demand"] }, data: { capacity: ["spot"] }, builds: {} };
    const changed = specs(nodePools(withEks({ pools }).settings));
    assert.deepEqual(
      POOLS.map((pool) => capacity(changed[pool])),
      [["on-demand"], ["spot"], ["spot"]],
    );
  });

  it("choose among fifteen types at least where they take spot capacity", () => {
    const least = POOLS.map(
      (pool) => own[pool]?.template.spec.requirements.find(({ minValues }) => minValues)?.minValues,
    );
    assert.deepEqual(least, [15, undefined, 15]);
  });

  it("shrink a tenth at a time in office hours and freely outside them; databases only from empty nodes [row 92]", () => {
    const budgets = [{ nodes: "10%", schedule: "0 7 * * mon-fri", duration: "11h" }, { nodes: "100%" }];
    const shrinking = { consolidationPolicy: "WhenEmptyOrUnderutilized", consolidateAfter: "5m", budgets };
    assert.deepEqual(
      POOLS.map((pool) => own[pool]?.disruption),
      [shrinking, { consolidationPolicy: "WhenEmpty", consolidateAfter: "10m", budgets }, shrinking],
    );
    assert.deepEqual(
      POOLS.map((pool) => own[pool]?.template.spec.expireAfter),
      ["168h", "720h", "168h"],
    );
  });

  it("take office hours as they are set, over midnight too", () => {
    for (const [from, to, schedule, duration] of [
      [6, 24, "0 6 * * mon-fri", "18h"],
      [22, 6, "0 22 * * mon-fri", "8h"],
      [0, 24, "0 0 * * mon-fri", "24h"],
    ] as const) {
      const { workloads } = specs(nodePools(withEks({ officeHours: { from, to } }).settings));
      assert.deepEqual(workloads?.disruption["budgets"], [{ nodes: "10%", schedule, duration }, { nodes: "100%" }]);
    }
  });

  it("never make, with the system's nodes, more than maxNodes", () => {
    const sizes = fc.record({ maxNodes: fc.integer({ min: 3, max: 450 }), nodes: fc.integer({ min: 2, max: 10 }) });
    fc.assert(
      fc.property(sizes, ({ maxNodes, nodes }) => {
        const { settings } = withEks({ maxNodes, system: { nodes } });
        const shares = Object.values(poolNodes(settings.eks));
        const total = shares.reduce((sum, share) => sum + share, 0);
        assert.equal(total, Math.max(0, maxNodes - nodes));
        assert.ok(shares.every((share) => share >= 0));
        for (const { template, limits } of Object.values(specs(nodePools(settings)))) {
          const cores = template.spec.requirements.find(({ key }) => key === "karpenter.k8s.aws/instance-cpu")?.values;
          const most = Number(limits.cpu) / Math.min(...(cores ?? []).map(Number));
          assert.ok(shares.includes(most));
        }
      }),
    );
    assert.deepEqual(poolNodes(eksConfig().settings.eks), { workloads: 70, data: 19, builds: 9 });
  });

  it("have a place for the shared Kafka in the one for databases, where there are pools", () => {
    const broker = planPlatform(eksConfig()).find(({ id }) => id === "ed8k-shared/StatefulSet/kafka")?.manifest;
    const { spec } = (broker?.["spec"] as { template: { spec: Readonly<Record<string, unknown>> } }).template;
    const preference = { matchExpressions: [{ key: "ed8k.dev/pool", operator: "In", values: ["data"] }] };
    assert.deepEqual(
      [spec["tolerations"], spec["affinity"]],
      [
        [{ key: "ed8k.dev/pool", operator: "Equal", value: "data", effect: "NoSchedule" }],
        { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, preference }] } },
      ],
    );
  });

  it("are made of patched, encrypted nodes whose credentials pods do not reach, found by the cluster's tags", () => {
    const [nodeClass] = nodePools(eksConfig().settings);
    assert.deepEqual(nodeClass, {
      apiVersion: "karpenter.k8s.aws/v1",
      kind: "EC2NodeClass",
      metadata: { name: "default" },
      spec: {
        amiSelectorTerms: [{ alias: "al2023@latest" }],
        role: "ed8k-dev-karpenter-node",
        subnetSelectorTerms: [{ tags: { "karpenter.sh/discovery": "ed8k-dev" } }],
        securityGroupSelectorTerms: [{ tags: { "kubernetes.io/cluster/ed8k-dev": "owned" } }],
        kubelet: { maxPods: 110 },
        blockDeviceMappings: [
          {
            deviceName: "/dev/xvda",
            ebs: { volumeType: "gp3", volumeSize: "100Gi", encrypted: true, deleteOnTermination: true },
          },
        ],
        metadataOptions: {
          httpEndpoint: "enabled",
          httpProtocolIPv6: "disabled",
          httpPutResponseHopLimit: 1,
          httpTokens: "required",
        },
        tags: { "ed8k:cluster": "dev", "ed8k:stack": "ed8k/dev", "ed8k:kind": "cluster", Name: "ed8k-dev-node" },
      },
    });
  });
});
