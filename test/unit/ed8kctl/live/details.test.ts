import assert from "node:assert/strict";
import { detailsOf } from "../../../../ed8kctl/live/details.js";
import { environmentsOf } from "../../../../ed8kctl/live/list.js";
import type { EnvironmentObjects } from "../../../../ed8kctl/live/read.js";
import { environmentNamespace, live, of, podStatus } from "./objects.js";

const GIB = 1024 ** 3;

function objects(changes: Partial<EnvironmentObjects> = {}): EnvironmentObjects {
  const [environment] = environmentsOf([environmentNamespace("alice", "alice")]);
  assert.ok(environment);
  return {
    environment,
    entry: { ingressPort: 16_448 },
    workloads: [],
    pods: [],
    volumes: [],
    quotas: [],
    events: [],
    ...changes,
  };
}

describe("details of an environment", () => {
  const workloads = [
    live("Deployment fxsuite", { spec: { replicas: 2 }, status: { readyReplicas: 2 } }, of("fxsuite")),
    live("Deployment bos-web", { spec: {}, status: { readyReplicas: 1 } }, of("bos")),
    live("StatefulSet bos--db", { spec: { replicas: 1 }, status: {} }, of("bos")),
    live("Job bos-migration", { spec: {}, status: {} }, of("bos")),
  ];

  it("counts the pods of each service, and names those that are still starting", () => {
    const { services, state } = detailsOf(objects({ workloads }), []);
    assert.deepEqual(services, [
      { name: "fxsuite", version: "0.1.0", ready: 2, wanted: 2, urls: ["http://fxsuite--alice.ed8k.localhost:16448"] },
      { name: "bos", version: "0.2.0", ready: 1, wanted: 2, urls: [] },
    ]);
    assert.deepEqual(state, { name: "starting", reason: "bos has 1 of 2 pods ready", since: "2026-11-24T09:00:00Z" });
  });

  it("names three services that are still starting, and counts the others", () => {
    const names = ["a", "b", "c", "d", "e"];
    const { environment, ...rest } = objects({
      workloads: names.map((name) => live(`Deployment ${name}`, {}, of(name))),
    });
    const services = names.map((name) => ({ name, version: "1", hosts: [] }));
    const many = { ...rest, environment: { ...environment, summary: { services, claims: [] } } };
    assert.equal(
      detailsOf(many, []).state.reason,
      "a has 0 of 1 pods ready, b has 0 of 1 pods ready, c has 0 of 1 pods ready, and 2 more",
    );
  });

  it("is ready since its last pod is", () => {
    const pods = [live("Pod fxsuite-1", podStatus(true), of("fxsuite"))];
    assert.deepEqual(detailsOf(objects({ pods }), []).state, { name: "ready", since: "2026-11-24T09:05:00Z" });
  });

  it("does not count more pods than there should be, as in the middle of a change", () => {
    const many = [live("Deployment bos", { spec: { replicas: 1 }, status: { readyReplicas: 3 } }, of("bos"))];
    assert.deepEqual(
      detailsOf(objects({ workloads: many }), []).services.map(({ ready, wanted }) => [ready, wanted]),
      [
        [0, 0],
        [1, 1],
      ],
    );
  });

  it("tells volumes, and the environment's own quota in base units", () => {
    const quota = {
      status: { hard: { "requests.cpu": "8", "requests.memory": "24Gi" }, used: { "requests.cpu": "250m" } },
    };
    const spec = { resources: { requests: { storage: "2Gi" } } };
    const details = detailsOf(
      objects({
        volumes: [live("PersistentVolumeClaim data-bos--db-0", { spec, status: { phase: "Bound" } })],
        quotas: [live("ResourceQuota environment", quota, of("")), live("ResourceQuota chart", quota)],
      }),
      [],
    );
    assert.deepEqual(details.volumes, [{ name: "data-bos--db-0", size: "2Gi", phase: "Bound" }]);
    assert.deepEqual(details.quota, [
      { resource: "requests.cpu", used: 0.25, hard: 8 },
      { resource: "requests.memory", used: 0, hard: 24 * GIB },
    ]);
  });

  describe("with problems", () => {
    const [problem, passing] = (["crash", "starting"] as const).map((cause) => ({
      kind: "Pod",
      name: "bos-web-1",
      service: "bos",
      cause,
      text: "…",
      since: cause === "crash" ? "2026-11-24T09:04:00Z" : "2026-11-24T09:01:00Z",
      next: "…",
    }));
    assert.ok(problem && passing);

    it("is failing since the first that does not pass by itself, and tells all", () => {
      const details = detailsOf(objects({ workloads }), [passing, problem]);
      assert.deepEqual(details.state, {
        name: "failing",
        reason: "bos has 1 of 2 pods ready",
        since: "2026-11-24T09:04:00Z",
      });
      assert.deepEqual(details.problems, [passing, problem]);
    });

    it("of services that have all their pods is not failing for those", () => {
      assert.equal(detailsOf(objects({ workloads }), [{ ...problem, service: "fxsuite" }]).state.name, "starting");
    });

    it("that pass by themselves is starting", () => {
      assert.equal(detailsOf(objects({ workloads }), [passing]).state.name, "starting");
    });

    it("is ready when no service misses a pod", () => {
      assert.equal(detailsOf(objects(), [problem]).state.name, "ready");
    });
  });
});
