import assert from "node:assert/strict";
import type { JsonObject } from "../../../../../../kube/manifest.js";
import type { LiveObject } from "../../../../../../kube/object.js";
import { aimsOf } from "../../../../../../sandbox/providers/kubernetes/awaiting/aims.js";
import { FakeApiServer } from "../../../../kube/fake-api-server.js";

/** An object of a kind, as `v1 Pod`. */
function live(kind: string, fields: JsonObject, generation = 1): LiveObject {
  const [apiVersion = "", name = ""] = kind.split(" ");
  const metadata = {
    name: "web",
    namespace: "default",
    uid: "u",
    resourceVersion: "1",
    creationTimestamp: "",
    generation,
  };
  return { apiVersion, kind: name, metadata, ...fields };
}

/** A status with one condition, as `Failed True`. */
function condition(name: string, message = "", reason = ""): JsonObject {
  const [type = "", status = ""] = name.split(" ");
  return { conditions: [{ type, status, reason, message }] };
}

/** What is said of each state; `ready` for what is not waited for. */
const CASES: readonly (readonly [what: string, object: LiveObject, said: string])[] = [
  [
    "a Deployment of which the controller has seen an older spec",
    live("apps/v1 Deployment", { status: { observedGeneration: 1 } }, 2),
    "waiting: its controller has not seen it yet",
  ],
  [
    "a Deployment in the middle of a rollout",
    live("apps/v1 Deployment", {
      spec: { replicas: 3 },
      status: { observedGeneration: 1, replicas: 4, updatedReplicas: 2 },
    }),
    "waiting: 2 of 3 pods are of the newest template",
  ],
  [
    "a Deployment whose old pods are still there",
    live("apps/v1 Deployment", {
      spec: { replicas: 2 },
      status: { observedGeneration: 1, replicas: 3, updatedReplicas: 2 },
    }),
    "waiting: 1 old pods are still there",
  ],
  [
    "a Deployment whose pods are not available; one replica unless it says otherwise",
    live("apps/v1 Deployment", { spec: {}, status: { observedGeneration: 1, replicas: 1, updatedReplicas: 1 } }),
    "waiting: 0 of 1 pods are available",
  ],
  [
    "a Deployment of no pods",
    live("apps/v1 Deployment", { spec: { replicas: 0 }, status: { observedGeneration: 1 } }),
    "ready",
  ],
  [
    "a paused Deployment",
    live("apps/v1 Deployment", { spec: { paused: true, replicas: 3 }, status: { observedGeneration: 1 } }),
    "ready",
  ],
  [
    "a Deployment that makes no progress",
    live("apps/v1 Deployment", {
      status: {
        observedGeneration: 1,
        ...condition("Progressing False", "it is stuck", "ProgressDeadlineExceeded"),
      },
    }),
    "failed: it is stuck",
  ],
  [
    "a StatefulSet that is not ready",
    live("apps/v1 StatefulSet", {
      spec: { replicas: 2 },
      status: { observedGeneration: 1, replicas: 2, readyReplicas: 1 },
    }),
    "waiting: 1 of 2 pods are ready",
  ],
  [
    "a StatefulSet that shrinks",
    live("apps/v1 StatefulSet", {
      spec: { replicas: 1 },
      status: { observedGeneration: 1, replicas: 2, readyReplicas: 2 },
    }),
    "waiting: 1 pods are still to go",
  ],
  [
    "a StatefulSet in the middle of an update",
    live("apps/v1 StatefulSet", {
      spec: { replicas: 2 },
      status: {
        observedGeneration: 1,
        replicas: 2,
        readyReplicas: 2,
        updatedReplicas: 1,
        currentRevision: "a",
        updateRevision: "b",
      },
    }),
    "waiting: 1 of 2 pods are of the newest revision",
  ],
  [
    "a StatefulSet that updates only a part",
    live("apps/v1 StatefulSet", {
      spec: { replicas: 2, updateStrategy: { rollingUpdate: { partition: 1 } } },
      status: {
        observedGeneration: 1,
        replicas: 2,
        readyReplicas: 2,
        updatedReplicas: 1,
        currentRevision: "a",
        updateRevision: "b",
      },
    }),
    "ready",
  ],
  [
    "a StatefulSet that updates its pods only when they are deleted",
    live("apps/v1 StatefulSet", {
      spec: { replicas: 1, updateStrategy: { type: "OnDelete" } },
      status: { observedGeneration: 1, replicas: 1, readyReplicas: 1, currentRevision: "a", updateRevision: "b" },
    }),
    "ready",
  ],
  [
    "a DaemonSet on some of its nodes",
    live("apps/v1 DaemonSet", {
      status: { observedGeneration: 1, desiredNumberScheduled: 3, updatedNumberScheduled: 3, numberReady: 2 },
    }),
    "waiting: 2 of 3 pods are ready",
  ],
  [
    "a Job that runs",
    live("batch/v1 Job", { status: { succeeded: 1 } }),
    "waiting: 1 pods have succeeded; it is not complete",
  ],
  ["a Job that is complete", live("batch/v1 Job", { status: condition("Complete True") }), "ready"],
  ["a suspended Job", live("batch/v1 Job", { spec: { suspend: true } }), "ready"],
  [
    "a Job that has failed",
    live("batch/v1 Job", { status: condition("Failed True", "too often", "BackoffLimitExceeded") }),
    "failed: the Job has failed: BackoffLimitExceeded: too often",
  ],
  ["a pod that is not ready", live("v1 Pod", { status: { phase: "Pending" } }), "waiting: the pod is not ready"],
  ["a pod that has done its work", live("v1 Pod", { status: { phase: "Succeeded" } }), "ready"],
  [
    "a pod that has failed",
    live("v1 Pod", { status: { phase: "Failed", message: "evicted" } }),
    "failed: the pod has failed: evicted",
  ],
  ["a Namespace that is not there yet", live("v1 Namespace", {}), "waiting: it is not active"],
  [
    "a quota that is not counted",
    live("v1 ResourceQuota", { spec: { hard: { cpu: "1" } }, status: { hard: { cpu: "2" } } }),
    "waiting: the quota is not counted yet",
  ],
  [
    "a quota that is counted",
    live("v1 ResourceQuota", { spec: { hard: { cpu: "1000m" } }, status: { hard: { cpu: "1" } } }),
    "ready",
  ],
  [
    "a definition whose names are taken",
    live("apiextensions.k8s.io/v1 CustomResourceDefinition", { status: condition("NamesAccepted False", "taken") }),
    "failed: its names are not accepted: taken",
  ],
  [
    "a definition",
    live("apiextensions.k8s.io/v1 CustomResourceDefinition", {}),
    "waiting: the kind is not established",
  ],
  ["an Ingress", live("networking.k8s.io/v1 Ingress", {}), "waiting: it has no address of a load balancer"],
  [
    "an Ingress with an address",
    live("networking.k8s.io/v1 Ingress", { status: { loadBalancer: { ingress: [{ hostname: "h" }] } } }),
    "ready",
  ],
  [
    "a volume that has failed",
    live("v1 PersistentVolume", { status: { phase: "Failed", message: "m" } }),
    "failed: the volume has failed: m",
  ],
  [
    "the Secret of a service account's token",
    live("v1 Secret", { type: "kubernetes.io/service-account-token" }),
    "waiting: it has no token yet",
  ],
  ["any other Secret", live("v1 Secret", {}), "ready"],
  ["a ConfigMap", live("v1 ConfigMap", {}), "ready"],
];

describe("the Kubernetes stand-in: readiness", () => {
  let server: FakeApiServer;
  before(async () => {
    server = await FakeApiServer.start();
  });
  after(() => server.stop());

  for (const [what, object, said] of CASES) {
    it(`of ${what} is "${said}"`, async () => {
      const [aim] = await aimsOf(server.client(), object);
      const readiness = aim === undefined ? { state: "ready" as const } : aim.condition(object);
      assert.equal(readiness.state === "ready" ? "ready" : `${readiness.state}: ${readiness.message}`, said);
    });
  }

  describe("of a Service", () => {
    const aims = async (spec: JsonObject): Promise<string[]> => {
      const found = await aimsOf(server.client(), live("v1 Service", { spec }));
      return found.map(({ others }) =>
        others === undefined ? "address" : `${others.ref.kind} ${others.labelSelector}`,
      );
    };
    const slice = "EndpointSlice kubernetes.io/service-name=web";

    for (const [what, spec, waitedFor] of [
      ["with pods: one of them", { selector: { app: "web" } }, [slice]],
      ["without a selector: nothing", {}, []],
      ["without an address of its own: nothing", { clusterIP: "None", selector: { app: "web" } }, []],
      ["that is only another name: nothing", { type: "ExternalName", selector: { app: "web" } }, []],
      ["with a load balancer: its address too", { type: "LoadBalancer", selector: { app: "web" } }, ["address", slice]],
    ] as const) {
      it(what, async () => {
        assert.deepEqual(await aims(spec), waitedFor);
      });
    }

    it("is when an endpoint is ready", async () => {
      const [aim] = await aimsOf(server.client(), live("v1 Service", { spec: { selector: { app: "web" } } }));
      const endpoints = (ready: boolean): LiveObject =>
        live("discovery.k8s.io/v1 EndpointSlice", { endpoints: [{ conditions: { ready } }] });
      assert.equal(aim?.condition(endpoints(false)).state, "waiting");
      assert.equal(aim.condition(endpoints(true)).state, "ready");
    });
  });

  describe("of a volume claim", () => {
    const aims = async (storageClassName?: string): Promise<number> =>
      (await aimsOf(server.client(), live("v1 PersistentVolumeClaim", { spec: { storageClassName } }))).length;

    before(() => {
      const annotations = { "storageclass.kubernetes.io/is-default-class": "true" };
      const base = { apiVersion: "storage.k8s.io/v1", kind: "StorageClass" };
      server.put({ ...base, metadata: { name: "late", annotations }, volumeBindingMode: "WaitForFirstConsumer" });
      server.put({ ...base, metadata: { name: "now" }, volumeBindingMode: "Immediate" });
    });

    it("is waited for where volumes are made at once", async () => {
      assert.equal(await aims("now"), 1);
      assert.equal(await aims("no-such-class"), 1);
    });

    it("is not waited for where they are made for the first pod, which may come later", async () => {
      assert.equal(await aims("late"), 0);
      assert.equal(await aims(), 0);
    });
  });
});
