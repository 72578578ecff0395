import assert from "node:assert/strict";
import { formatAmount, quotaUse, surgeNotes, validateQuota } from "../../../../environments/plan/quota.js";
import type { PlannedObject } from "../../../../environments/plan/types.js";
import type { Size } from "../../../../environments/size.js";
import type { Json, JsonObject, Manifest } from "../../../../kube/manifest.js";
import { errorOf } from "../fixtures.js";

const MIB = 1024 ** 2;
const NOTHING = {
  "requests.cpu": 0,
  "requests.memory": 0,
  "limits.memory": 0,
  "requests.storage": 0,
  persistentvolumeclaims: 0,
  pods: 0,
};
const container = { resources: { requests: { cpu: "100m", memory: "256Mi" }, limits: { memory: "1Gi" } } };
const template = { spec: { containers: [container] } };
const one = { ...NOTHING, "requests.cpu": 0.1, "requests.memory": 256 * MIB, "limits.memory": 1024 * MIB, pods: 1 };
const volume = { spec: { resources: { requests: { storage: "1Gi" } } } };

function planned(kind: string, spec: Manifest["spec"]): PlannedObject {
  const manifest = { apiVersion: "v1", kind, metadata: { name: "x" }, spec } satisfies Manifest;
  return { id: "x", manifest, after: [], ignoreChanges: [] };
}

function use(kind: string, spec: Manifest["spec"]) {
  return quotaUse([planned(kind, spec)]);
}

describe("what counts against the quota", () => {
  it("a pod, by its containers together", () => {
    assert.deepEqual(use("Pod", template.spec), one);
    assert.deepEqual(use("Pod", { containers: [container, container] }), {
      ...NOTHING,
      "requests.cpu": 0.2,
      "requests.memory": 512 * MIB,
      "limits.memory": 2048 * MIB,
      pods: 1,
    });
  });

  it("a pod that starts with more than it runs with, by what it starts with", () => {
    const init = { resources: { requests: { cpu: "2", memory: "128Mi" }, limits: { memory: "2Gi" } } };
    assert.deepEqual(use("Pod", { ...template.spec, initContainers: [init, init] }), {
      ...one,
      "requests.cpu": 2,
      "limits.memory": 2048 * MIB,
    });
  });

  it("a sidecar, beside what starts after it and beside what runs", () => {
    const sidecar = { restartPolicy: "Always", resources: { requests: { cpu: "1", memory: "64Mi" } } };
    const init = { resources: { requests: { cpu: "2", memory: "64Mi" } } };
    const cpu = (initContainers: Json): number => use("Pod", { ...template.spec, initContainers })["requests.cpu"];
    assert.equal(cpu([sidecar, sidecar]), 2.1);
    assert.equal(cpu([sidecar, init]), 3);
    assert.equal(cpu([init, sidecar]), 2);
  });

  it("a pod that says what it needs as a whole, by that", () => {
    const resources = { requests: { cpu: "3" }, limits: { memory: "8Gi" } };
    assert.deepEqual(use("Pod", { ...template.spec, resources }), {
      ...one,
      "requests.cpu": 3,
      "limits.memory": 8192 * MIB,
    });
  });

  it("volumes that are made for each pod", () => {
    const volumes = [
      { name: "scratch", ephemeral: { volumeClaimTemplate: volume } },
      { name: "x", emptyDir: {} },
    ];
    const spec = { ...template.spec, volumes };
    const used = use("Deployment", { replicas: 2, template: { spec } });
    assert.deepEqual([used.persistentvolumeclaims, used["requests.storage"]], [2, 2048 * MIB]);
  });

  it("what an autoscaler asks for at least", () => {
    const scaler = (minReplicas: number) =>
      planned("HorizontalPodAutoscaler", { scaleTargetRef: { kind: "Deployment", name: "x" }, minReplicas });
    assert.equal(quotaUse([planned("Deployment", { replicas: 1, template }), scaler(3)]).pods, 3);
    assert.equal(quotaUse([planned("Deployment", { replicas: 4, template }), scaler(3)]).pods, 4);
    assert.equal(quotaUse([planned("StatefulSet", { template }), scaler(3)]).pods, 1);
  });

  it("is told where an update would find no room for its pod", () => {
    const deployment = (fields: JsonObject) => planned("Deployment", { replicas: 30, template, ...fields });
    const told = (fields: JsonObject, size: Size = "s"): readonly string[] =>
      surgeNotes({ environment: "alice", size, used: quotaUse([deployment(fields)]) }, [deployment(fields)]).map(
        ({ subject, text }) => `${subject}: ${text}`,
      );
    assert.deepEqual(told({}), [
      "alice: an update makes a new pod beside the old one, for which size s leaves no limits.memory, pods (Deployment x); choose a larger size, or strategy Recreate",
    ]);
    assert.deepEqual(told({}, "m"), []);
    assert.deepEqual(told({ replicas: 10 }), []);
    assert.deepEqual(told({ strategy: { type: "Recreate" } }), []);
    assert.deepEqual(told({ strategy: { rollingUpdate: { maxSurge: 0 } } }), []);
  });

  it("a container that says nothing, by the environment's defaults", () => {
    const defaults = { ...one, "requests.cpu": 0.05, "requests.memory": 128 * MIB, "limits.memory": 512 * MIB };
    assert.deepEqual(use("Pod", { containers: [{}] }), defaults);
  });

  it("a container with limits alone, by those", () => {
    const limits = { cpu: 1, memory: "64Mi" };
    const expected = { ...one, "requests.cpu": 1, "requests.memory": 64 * MIB, "limits.memory": 64 * MIB };
    assert.deepEqual(use("Pod", { containers: [{ resources: { limits } }] }), expected);
  });

  it("workloads, by their replicas", () => {
    const two = { ...one, "requests.cpu": 0.2, "requests.memory": 512 * MIB, "limits.memory": 2048 * MIB, pods: 2 };
    assert.deepEqual(use("Deployment", { template }), one);
    assert.deepEqual(use("Deployment", { replicas: 2, template }), two);
    assert.deepEqual(use("Deployment", { replicas: 0, template }), NOTHING);
    assert.deepEqual(use("ReplicationController", { replicas: 2, template }), two);
    assert.deepEqual(use("Job", { parallelism: 2, template }), two);
    assert.deepEqual(use("CronJob", { jobTemplate: { spec: { template } } }), one);
    assert.deepEqual(use("StatefulSet", { replicas: 2, template, volumeClaimTemplates: [volume] }), {
      ...two,
      persistentvolumeclaims: 2,
      "requests.storage": 2048 * MIB,
    });
  });

  it("volumes, and nothing else", () => {
    const expected = { ...NOTHING, persistentvolumeclaims: 1, "requests.storage": 1024 * MIB };
    assert.deepEqual(use("PersistentVolumeClaim", volume.spec), expected);
    assert.deepEqual(use("Service", { replicas: 3, template }), NOTHING);
  });

  it("fits where it is exactly what there is, though tenths do not add up exactly", async () => {
    const cpu = { resources: { requests: { cpu: "100m", memory: "1Mi" }, limits: { memory: "1Mi" } } };
    const containers = (count: number) => Array.from({ length: count }, () => cpu);
    const used = use("Pod", { containers: containers(40) });
    assert.notEqual(used["requests.cpu"], 4);
    validateQuota("alice", "s", used);
    const error = await errorOf(() => validateQuota("alice", "s", use("Pod", { containers: containers(41) })));
    assert.equal(error.message, "alice does not fit its quota: requests.cpu: the services need 4.1, size s allows 4");
  });

  it("tells of all that does not fit, and when no size does", async () => {
    const resources = { requests: { cpu: 17, memory: "200Gi" }, limits: { memory: "200Gi" } };
    const error = await errorOf(() => validateQuota("alice", "m", use("Pod", { containers: [{ resources }] })));
    assert.deepEqual(error.message.split("\n"), [
      "alice does not fit its quota: 3 faults:",
      "  - requests.cpu: the services need 17, size m allows 8 (start fewer services)",
      "  - requests.memory: the services need 200Gi, size m allows 24Gi",
      "  - limits.memory: the services need 200Gi, size m allows 48Gi",
    ]);
  });

  it("is told as Kubernetes writes it", () => {
    assert.equal(formatAmount(0.5, "requests.cpu"), "500m");
    assert.equal(formatAmount(12 * 1024 * MIB, "limits.memory"), "12Gi");
    assert.equal(formatAmount(2048, "pods"), "2048");
  });
});
