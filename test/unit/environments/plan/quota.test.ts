import assert from "node:assert/strict";
import { formatAmount, quotaUse, validateQuota } from "../../../../environments/plan/quota.js";
import type { Manifest } from "../../../../kube/manifest.js";
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

function use(kind: string, spec: Manifest["spec"]) {
  const manifest = { apiVersion: "v1", kind, metadata: { name: "x" }, spec } satisfies Manifest;
  return quotaUse([{ id: "x", manifest, after: [], ignoreChanges: [] }]);
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
