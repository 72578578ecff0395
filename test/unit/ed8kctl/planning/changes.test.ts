import assert from "node:assert/strict";
import type { ClusterFacts } from "../../../../cluster/outputs.js";
import { changesOf } from "../../../../ed8kctl/planning/changes.js";
import { readLiveObjects } from "../../../../ed8kctl/planning/live-objects.js";
import { changesText, planText } from "../../../../ed8kctl/planning/plan-text.js";
import { FakeApiServer } from "../../kube/fake-api-server.js";
import { kind } from "../../kube/fake/kinds.js";
import { FACTS } from "../live/facts.js";
import { live } from "../live/objects.js";
import { planned, planOf } from "./plan.js";

describe("changes of a plan", () => {
  it("are everything, where nothing is there", () => {
    assert.deepEqual(changesOf(planOf([planned("Deployment bos-web")]), { objects: [], unseen: [] }), [
      { action: "create", kind: "Namespace", name: "alice", paths: [] },
      { action: "create", kind: "Deployment", name: "bos-web", paths: [] },
    ]);
  });

  it("are told by what differs, and by what is no longer planned", () => {
    const objects = [
      live("Namespace alice"),
      live("Deployment bos-web", { spec: { replicas: 1 } }),
      live("Service old"),
      live("Pod bos-web-1", {}, { ownerReferences: [{ kind: "ReplicaSet" }] }),
      live("PersistentVolumeClaim data-bos--db-0"),
    ];
    const plan = planOf([planned("Deployment bos-web", { spec: { replicas: 2 } })]);
    assert.deepEqual(changesOf(plan, { objects, unseen: [] }), [
      { action: "unchanged", kind: "Namespace", name: "alice", paths: [] },
      { action: "change", kind: "Deployment", name: "bos-web", paths: ["spec.replicas"] },
      { action: "delete", kind: "Service", name: "old", paths: [] },
    ]);
  });

  it("pass over what keeps its first value", () => {
    const object = planned("ConfigMap c", { data: { seed: "2" } }, { ignoreChanges: ["data.seed"] });
    const [, change] = changesOf(planOf([object]), {
      objects: [live("ConfigMap c", { data: { seed: "1" } })],
      unseen: [],
    });
    assert.equal(change?.action, "unchanged");
  });

  it("compare a Secret's text with its data, and generated values by their keys alone", () => {
    const object = planned(
      "Secret s",
      { stringData: { user: "bos" } },
      { secretData: { url: ["postgres://", { secret: "db" }], extra: ["x"] } },
    );
    const data = { user: Buffer.from("bos").toString("base64"), url: "c2VjcmV0" };
    const [, change] = changesOf(planOf([object]), { objects: [live("Secret s", { data })], unseen: [] });
    assert.deepEqual(change, { action: "change", kind: "Secret", name: "s", paths: ["data.extra"] });
  });

  it("say nothing of kinds that the user may not see", () => {
    const changes = changesOf(planOf([planned("Secret s")]), { objects: [], unseen: ["Secret"] });
    assert.deepEqual(
      changes.map(({ kind }) => kind),
      ["Namespace"],
    );
  });

  it("are told most important first, with at most four paths each", () => {
    const paths = ["a", "b", "c", "d", "e", "f"];
    const text = changesText(
      [
        { action: "create", kind: "Service", name: "new", paths: [] },
        { action: "change", kind: "Deployment", name: "bos", paths },
        { action: "delete", kind: "Job", name: "old", paths: [] },
        { action: "unchanged", kind: "Namespace", name: "alice", paths: [] },
      ],
      ["Secret"],
    );
    assert.equal(
      text,
      `Changes in the cluster: 1 to create, 1 to change, 1 to delete, 1 unchanged
  - Job old
  ~ Deployment bos: a, b, c, d and 2 more
  + Service new
  not seen, because you may not: Secret`,
    );
  });
});

describe("what is there of an environment", () => {
  let server: FakeApiServer;
  beforeEach(async () => {
    server = await FakeApiServer.start();
  });
  afterEach(() => server.stop());

  it("is nothing where there is no namespace, and kinds are not asked for", async () => {
    const found = await readLiveObjects(
      { facts: FACTS, client: server.client() },
      planOf([]),
      new AbortController().signal,
    );
    assert.deepEqual(found, { objects: [], unseen: [] });
    assert.deepEqual(server.calls(), ["GET /api/v1/namespaces/alice"]);
  });

  it("is what carries its label; kinds that may not be seen are named", async () => {
    server.put(live("Namespace alice"));
    const labels = { "ed8k.dev/env": "alice" };
    server.put(live("ConfigMap mine", {}, { namespace: "alice", labels }));
    server.put(live("ConfigMap kube-root-ca.crt", {}, { namespace: "alice" }));
    server.put(live("ConfigMap mine", {}, { namespace: "bob", labels: { "ed8k.dev/env": "bob" } }));
    server.fail({ when: ({ path }) => path.endsWith("/secrets"), answer: 403, body: { reason: "Forbidden" } });
    const { objects, unseen } = await readLiveObjects(
      { facts: FACTS, client: server.client() },
      planOf([]),
      new AbortController().signal,
    );
    assert.deepEqual(
      objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ""}/${metadata.name}`),
      ["Namespace /alice", "ConfigMap alice/mine"],
    );
    assert.deepEqual(unseen, ["Secret"]);
  });

  it("are routes of the Gateway too, where the cluster has one", async () => {
    server.put(live("Namespace alice"));
    server.kinds.push(kind("gateway.networking.k8s.io/v1 HTTPRoute", "httproutes"));
    const route = live("HTTPRoute old", {}, { namespace: "alice", labels: { "ed8k.dev/env": "alice" } });
    server.put({ ...route, apiVersion: "gateway.networking.k8s.io/v1" });
    const read = async (facts: ClusterFacts): Promise<readonly string[]> => {
      const target = { facts, client: server.client() };
      const { objects } = await readLiveObjects(target, planOf([]), new AbortController().signal);
      return objects.map((object) => `${object.kind} ${object.metadata.name}`);
    };
    const gateway = { namespace: "ed8k-gateway", name: "ed8k" };
    assert.deepEqual(await read({ ...FACTS, gateway }), ["Namespace alice", "HTTPRoute old"]);
    assert.deepEqual(await read(FACTS), ["Namespace alice"]);
  });
});

describe("a plan for people", () => {
  it("tells services, claims, quota and what was adapted", () => {
    assert.equal(
      planText(planOf([planned("Deployment bos-web")]), { ingressPort: 16_448 }),
      `SERVICE  VERSION  OBJECTS  URL
bos      0.2.0    1        http://bos--alice.ed8k.localhost:16448

CLAIM     TYPE       DRIVER               NAME
bos/db    postgres   in-cluster           bos--db
bos/jobs  sqs-queue  not provisioned yet  alice--bos--jobs

QUOTA (size m)          USED
requests.cpu            1 of 10 (10 %)
requests.memory         1Gi of 10Gi (10 %)
limits.memory           2Gi of 20Gi (10 %)
requests.storage        5Gi of 50Gi (10 %)
persistentvolumeclaims  1 of 10 (10 %)
pods                    3 of 30 (10 %)

What was adapted for alice:
  bos  the LoadBalancer bos-web becomes a ClusterIP`,
    );
  });
});
