import assert from "node:assert/strict";
import { detailsOf } from "../../../../ed8kctl/live/details.js";
import { environmentsOf } from "../../../../ed8kctl/live/list.js";
import type { EnvironmentObjects } from "../../../../ed8kctl/live/read.js";
import { environmentNamespace, live, of, podStatus } from "./objects.js";

const GIB = 1024 ** 3;

function objects(changes: Partial<EnvironmentObjects> = {}): EnvironmentObjects {
  const [environment] = environmentsOf([environmentNamespace("alice", "alice")]);
  assert.ok(environment);
  return { environment, workloads: [], pods: [], volumes: [], quotas: [], warnings: [], ...changes };
}

describe("details of an environment", () => {
  const workloads = [
    live("Deployment fxsuite", { spec: { replicas: 2 }, status: { readyReplicas: 2 } }, of("fxsuite")),
    live("Deployment bos-web", { spec: {}, status: { readyReplicas: 1 } }, of("bos")),
    live("StatefulSet bos--db", { spec: { replicas: 1 }, status: {} }, of("bos")),
    live("Job bos-migration", { spec: {}, status: {} }, of("bos")),
  ];

  it("counts the pods of each service, and names those that are still starting", () => {
    const { services, state } = detailsOf(objects({ workloads }));
    assert.deepEqual(services, [
      { name: "fxsuite", version: "0.1.0", ready: 2, wanted: 2, urls: ["http://fxsuite--alice.ed8k.localhost"] },
      { name: "bos", version: "0.2.0", ready: 1, wanted: 2, urls: [] },
    ]);
    assert.deepEqual(state, { name: "starting", reason: "bos has 1 of 2 pods ready", since: "2026-11-24T09:00:00Z" });
  });

  it("is ready since its last pod is", () => {
    const pods = [live("Pod fxsuite-1", podStatus(true), of("fxsuite"))];
    assert.deepEqual(detailsOf(objects({ pods })).state, { name: "ready", since: "2026-11-24T09:05:00Z" });
  });

  it("does not count more pods than there should be, as in the middle of a change", () => {
    const many = [live("Deployment bos", { spec: { replicas: 1 }, status: { readyReplicas: 3 } }, of("bos"))];
    assert.deepEqual(
      detailsOf(objects({ workloads: many })).services.map(({ ready, wanted }) => [ready, wanted]),
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
    );
    assert.deepEqual(details.volumes, [{ name: "data-bos--db-0", size: "2Gi", phase: "Bound" }]);
    assert.deepEqual(details.quota, [
      { resource: "requests.cpu", used: 0.25, hard: 8 },
      { resource: "requests.memory", used: 0, hard: 24 * GIB },
    ]);
  });

  it("tells why pods do not run", () => {
    const waiting = (reason: string, message?: string) => ({
      containerStatuses: [
        { name: "web", state: { waiting: { reason, ...(message === undefined ? {} : { message }) } } },
      ],
    });
    const pods = [
      live("Pod a", podStatus(false, waiting("ImagePullBackOff", "no such image"))),
      live("Pod b", podStatus(false, waiting("ContainerCreating"))),
      live("Pod c", podStatus(false, { conditions: [{ type: "PodScheduled", status: "False", message: "no cpu" }] })),
      live("Pod d", podStatus(false, { containerStatuses: [{ state: { terminated: { exitCode: 3 } } }] })),
      live("Pod e", podStatus(true), { deletionTimestamp: "2026-11-24T09:10:00Z" }),
      live("Pod f", podStatus(true)),
      live("Pod g", podStatus(false, { phase: "Succeeded" })),
      live("Pod h", podStatus(false)),
    ];
    const failed = { type: "Failed", status: "True", message: "reached its limit" };
    const jobs = [live("Job j", { status: { conditions: [failed] } }), live("Job k", { status: {} })];
    const warning = (reason: string, time: string) =>
      live(`Event ${reason}`, { reason, message: "told", lastTimestamp: time, involvedObject: { uid: "uid-of-h" } });
    const warnings = [warning("Old", "2026-11-24T09:01:00Z"), warning("New", "2026-11-24T09:02:00Z")];
    assert.deepEqual(detailsOf(objects({ pods, workloads: jobs, warnings })).problems, [
      "a: ImagePullBackOff: no such image",
      "b: is starting",
      "c: has no node: no cpu",
      "d: ended with exit code 3",
      "e: is being deleted",
      "h: New: told",
      "j: the job failed: reached its limit",
    ]);
  });
});
