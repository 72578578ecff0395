import assert from "node:assert/strict";
import { planTenancy } from "../../../../environments/tenancy/tenancy.js";
import { BACKEND, configOf, facts } from "../fixtures.js";

const summary = { services: [{ name: "bos", version: "1.0.0", hosts: [] }], claims: [] };

function manifestOf(id: string, keys: Readonly<Record<string, string>> = {}) {
  const objects = planTenancy({ config: configOf("alice", keys), facts, backend: BACKEND, summary });
  return objects.find((object) => object.id === id)?.manifest;
}

describe("what every environment has", () => {
  it("the right to write first, then the walls, and only then what needs that right", () => {
    const objects = planTenancy({ config: configOf("alice"), facts, backend: BACKEND, summary });
    const walls = [
      ...["ResourceQuota/environment", "LimitRange/containers"],
      ...[
        "default-deny",
        "same-namespace",
        "from-platform",
        "to-dns",
        "to-kafka",
        "to-internet",
        "to-pod-identity",
      ].map((name) => `NetworkPolicy/${name}`),
    ];
    assert.deepEqual(
      objects.map(({ id, after }) => [id, after]),
      [
        ["Namespace/alice", []],
        ["RoleBinding/editors", []],
        ...walls.map((wall) => [wall, ["RoleBinding/editors"]]),
        ["ServiceAccount/default", walls],
      ],
    );
  });

  it("a namespace that says whose it is, and what is in it", () => {
    const keys = { owner: "alice.adams", collaborators: '["bob","carol"]', profile: "full", size: "l" };
    assert.deepEqual(manifestOf("Namespace/alice", keys), {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: {
        name: "alice",
        labels: {
          "ed8k.dev/managed": "true",
          "ed8k.dev/env": "alice",
          "ed8k.dev/owner": "alice.adams",
          "pod-security.kubernetes.io/enforce": "baseline",
          "pod-security.kubernetes.io/warn": "restricted",
        },
        annotations: {
          "ed8k.dev/profile": "full",
          "ed8k.dev/size": "l",
          "ed8k.dev/collaborators": "bob,carol",
          "ed8k.dev/cluster": "0b7c1f52",
          "ed8k.dev/backend": "file:///stacks",
          "ed8k.dev/summary": '{"services":[{"name":"bos","version":"1.0.0","hosts":[]}],"claims":[]}',
        },
      },
    });
    assert.equal(manifestOf("Namespace/alice")?.metadata.annotations?.["ed8k.dev/collaborators"], undefined);
  });

  it("a quota by its size, without load balancers and ports of nodes", () => {
    const hard = (size: string): unknown =>
      (manifestOf("ResourceQuota/environment", { size })?.["spec"] as { hard: unknown }).hard;
    const closed = { "services.loadbalancers": "0", "services.nodeports": "0" };
    assert.deepEqual(hard("s"), {
      "requests.cpu": "4",
      "requests.memory": "12Gi",
      "limits.memory": "24Gi",
      "requests.storage": "50Gi",
      persistentvolumeclaims: "8",
      pods: "30",
      ...closed,
    });
    assert.deepEqual(hard("m"), {
      "requests.cpu": "8",
      "requests.memory": "24Gi",
      "limits.memory": "48Gi",
      "requests.storage": "100Gi",
      persistentvolumeclaims: "15",
      pods: "60",
      ...closed,
    });
    assert.deepEqual(hard("l"), {
      "requests.cpu": "16",
      "requests.memory": "48Gi",
      "limits.memory": "96Gi",
      "requests.storage": "300Gi",
      persistentvolumeclaims: "40",
      pods: "150",
      ...closed,
    });
  });

  it("defaults for containers, with a limit of memory alone", () => {
    assert.deepEqual(manifestOf("LimitRange/containers"), {
      apiVersion: "v1",
      kind: "LimitRange",
      metadata: { name: "containers", namespace: "alice", labels: { "ed8k.dev/env": "alice" } },
      spec: {
        limits: [{ type: "Container", defaultRequest: { cpu: "50m", memory: "128Mi" }, default: { memory: "512Mi" } }],
      },
    });
  });

  it("rights for its owner and collaborators, each once [row 98]", () => {
    const keys = { owner: "alice", collaborators: '["bob","alice"]' };
    const group = "rbac.authorization.k8s.io";
    assert.deepEqual(manifestOf("RoleBinding/editors", keys), {
      apiVersion: `${group}/v1`,
      kind: "RoleBinding",
      metadata: { name: "editors", namespace: "alice", labels: { "ed8k.dev/env": "alice" } },
      roleRef: { apiGroup: group, kind: "ClusterRole", name: "ed8k:editor" },
      subjects: [
        { apiGroup: group, kind: "User", name: "ed8k:alice" },
        { apiGroup: group, kind: "User", name: "ed8k:bob" },
      ],
    });
  });

  it("no credential of the API server in pods that ask for none", () => {
    assert.deepEqual(manifestOf("ServiceAccount/default"), {
      apiVersion: "v1",
      kind: "ServiceAccount",
      metadata: { name: "default", namespace: "alice", labels: { "ed8k.dev/env": "alice" } },
      automountServiceAccountToken: false,
    });
  });
});
