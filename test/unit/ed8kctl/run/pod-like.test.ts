import assert from "node:assert/strict";
import { chooseWorkload } from "../../../../ed8kctl/run/choose-workload.js";
import { podLike } from "../../../../ed8kctl/run/pod-like.js";
import type { JsonObject } from "../../../../kube/manifest.js";
import { environmentsOf } from "../../../../ed8kctl/live/list.js";
import { environmentNamespace, live, of } from "../live/objects.js";

function workload(name: string, template: JsonObject = {}, more = of("bos")) {
  return { ...live(name, { spec: { template } }, more), apiVersion: "apps/v1" };
}

const like = (template: JsonObject) =>
  podLike({
    environment: "alice",
    workload: workload("Deployment bos-web", template),
    command: ["bos", "migrate"],
    digest: "0123abcd",
    deadlineSeconds: 3600,
  });

describe("a pod like those of a workload", () => {
  it("has its image, variables, files and rights, and runs something else", () => {
    const security = { runAsUser: 1000 };
    const container = {
      name: "web",
      image: "ghcr.io/ed8k/bos:1",
      env: [{ name: "A", value: "b" }],
      envFrom: [{ secretRef: { name: "bos-bindings" } }],
      resources: { requests: { cpu: "100m" } },
      securityContext: { readOnlyRootFilesystem: true },
      volumeMounts: [
        { name: "tmp", mountPath: "/tmp" },
        { name: "data", mountPath: "/data" },
      ],
    };
    const left = {
      command: ["gunicorn"],
      args: ["bos"],
      ports: [{ containerPort: 8000 }],
      livenessProbe: {},
      readinessProbe: {},
      startupProbe: {},
      lifecycle: {},
    };
    const spec = {
      serviceAccountName: "bos",
      automountServiceAccountToken: false,
      securityContext: security,
      priorityClassName: "ed8k-dev",
      volumes: [{ name: "tmp", emptyDir: {} }],
    };
    const pod = like({
      metadata: { labels: { app: "bos", "ed8k.dev/service": "bos" } },
      spec: {
        ...spec,
        containers: [{ ...container, ...left }, { name: "proxy" }],
        initContainers: [{ name: "wait" }],
        hostname: "bos",
        restartPolicy: "Always",
        topologySpreadConstraints: [{}],
      },
    });
    assert.deepEqual(pod, {
      apiVersion: "v1",
      kind: "Pod",
      metadata: {
        name: "bos-run-0123abcd",
        namespace: "alice",
        labels: { "ed8k.dev/env": "alice", "ed8k.dev/run": "bos" },
        ownerReferences: [{ apiVersion: "apps/v1", kind: "Deployment", name: "bos-web", uid: "uid-of-bos-web" }],
      },
      spec: {
        ...spec,
        restartPolicy: "Never",
        activeDeadlineSeconds: 3600,
        terminationGracePeriodSeconds: 1,
        containers: [{ ...container, volumeMounts: [{ name: "tmp", mountPath: "/tmp" }], command: ["bos", "migrate"] }],
      },
    });
  });

  it("is like the main container, and keeps to nodes but not away from pods", () => {
    const pod = like({
      metadata: { annotations: { "kubectl.kubernetes.io/default-container": "app" } },
      spec: {
        affinity: { nodeAffinity: { a: 1 }, podAntiAffinity: { b: 2 } },
        containers: [{ name: "proxy" }, { name: "app", image: "x" }],
      },
    });
    const { affinity, containers } = pod["spec"] as JsonObject;
    assert.deepEqual(affinity, { nodeAffinity: { a: 1 } });
    assert.deepEqual(containers, [{ name: "app", image: "x", command: ["bos", "migrate"] }]);
  });
});

describe("choosing the workload", () => {
  const [alice] = environmentsOf([environmentNamespace("alice", "alice")]);
  assert.ok(alice);
  const claim = { labels: { ...of("bos").labels, "ed8k.dev/claim": "db" } };
  const all = [
    workload("StatefulSet bos-a"),
    workload("Deployment bos-worker"),
    workload("Deployment bos-web"),
    workload("Job bos-0"),
    workload("StatefulSet bos--db", {}, claim),
  ];
  const chosen = (wanted: string, workloads = all) => chooseWorkload(alice, wanted, workloads)?.metadata.name;

  it("takes a service's first Deployment, else its StatefulSet, or the one of that name", () => {
    assert.equal(chosen("bos"), "bos-web");
    assert.equal(chosen("bos", all.slice(0, 1)), "bos-a");
    assert.equal(chosen("bos-worker"), "bos-worker");
  });

  it("takes neither databases nor Jobs for the service", () => {
    assert.equal(chosen("bos", all.slice(3)), undefined);
    assert.throws(() => chosen("bos--db"), { message: 'alice does not run "bos--db"; it runs fxsuite, bos' });
  });
});
