import assert from "node:assert/strict";
import { inClusterRedis } from "../../../../environments/resources/redis.js";
import { networkRules } from "../../../../environments/tenancy/network.js";
import { planTenancy } from "../../../../environments/tenancy/tenancy.js";
import type { ClusterFacts } from "../../../../cluster/outputs.js";
import type { JsonObject } from "../../../../kube/manifest.js";
import { BACKEND, configOf, facts } from "../fixtures.js";

const summary = { services: [], hosts: [], claims: [] };

/** The facts of a cluster that ED8K has made. */
const made: ClusterFacts = {
  ...facts,
  gateway: { namespace: "ed8k-gateway", name: "environments" },
  aws: {
    account: "111122223333",
    region: "eu-west-1",
    cluster: "ed8k-dev",
    endpoint: "https://eks.example.com",
    certificateAuthority: "",
    environmentsRole: "arn:aws:iam::111122223333:role/ed8k-dev-environments",
    mskCluster: "arn:aws:kafka:eu-west-1:111122223333:cluster/ed8k-dev/1",
    mskBootstrap: "b-1:9098",
    partitionBudget: 1,
    datasets: "ed8k-dev-datasets",
    registry: "111122223333.dkr.ecr.eu-west-1.amazonaws.com",
  },
};

describe("an environment on a cluster that ED8K has made", () => {
  it("lets the gateway and the add-ons in beside the monitoring, and reaches Telepresence's traffic manager", () => {
    const peersOf = (context: ClusterFacts): unknown => {
      const tenancy = planTenancy({ config: configOf("alice"), facts: context, backend: BACKEND, summary });
      return tenancy.find(({ id }) => id === "NetworkPolicy/from-platform")?.manifest["spec"];
    };
    const from = (...names: readonly string[]): unknown =>
      names.map((name) => ({ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } } }));
    const all = { podSelector: {}, policyTypes: ["Ingress"] };
    assert.deepEqual(peersOf(made), {
      ...all,
      ingress: [{ from: from("ed8k-system", "ed8k-gateway", "ed8k-platform") }],
    });
    const rules = networkRules(9092, { gateway: made.gateway, addOns: true });
    const own = { matchLabels: { "kubernetes.io/metadata.name": "ed8k-platform" } };
    assert.deepEqual(rules["to-telepresence"], {
      podSelector: {},
      policyTypes: ["Egress"],
      egress: [{ to: [{ namespaceSelector: own }], ports: [{ protocol: "TCP", port: 8081 }] }],
    });
    assert.equal(networkRules(9092)["to-telepresence"], undefined);
    assert.deepEqual(peersOf(facts), { ...all, ingress: [{ from: from("ed8k-system") }] });
  });

  it("has its stores on the nodes that are for them, where there is room", () => {
    const podOf = (context: ClusterFacts): JsonObject => {
      const claim = { service: "bos", name: "cache", params: { version: "8" } } as const;
      const { objects } = inClusterRedis(claim, { environment: "alice", facts: context });
      const set = objects.find(({ manifest }) => manifest.kind === "StatefulSet");
      return (set?.manifest["spec"] as { template: { spec: JsonObject } }).template.spec;
    };
    const { tolerations, affinity, ...rest } = podOf(made);
    assert.deepEqual(tolerations, [{ key: "ed8k.dev/pool", operator: "Equal", value: "data", effect: "NoSchedule" }]);
    const preference = { matchExpressions: [{ key: "ed8k.dev/pool", operator: "In", values: ["data"] }] };
    assert.deepEqual(affinity, {
      nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, preference }] },
    });
    assert.deepEqual(podOf(facts), rest);
  });

  it("tells its owner by a label, though the name has an @", () => {
    const config = configOf("alice", { owner: "ann.lee@example.com" });
    const [namespace, editors] = planTenancy({ config, facts: made, backend: BACKEND, summary });
    assert.equal(namespace?.manifest.metadata.labels?.["ed8k.dev/owner"], "ann.lee..example.com");
    assert.deepEqual(
      (editors?.manifest["subjects"] as { name: string }[]).map(({ name }) => name),
      ["ed8k:ann.lee@example.com"],
    );
  });
});
