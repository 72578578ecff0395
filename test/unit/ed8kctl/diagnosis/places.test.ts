import assert from "node:assert/strict";
import { live, podStatus } from "../live/objects.js";
import { event, problems, sick, told, unplaced, waiting } from "./fixtures.js";

describe("a pod without its files", () => {
  const creating = sick(waiting("ContainerCreating"));
  const mount = (message: string) => event("FailedMount", message, { field: "" });
  const attach = mount(
    "Unable to attach or mount volumes: unmounted volumes=[tls]: timed out waiting for the condition",
  );

  it("is told which Secret or ConfigMap a volume wants", () => {
    const secret = mount('MountVolume.SetUp failed for volume "tls" : secret "web-tls" not found');
    assert.equal(
      told(creating, [attach, secret]),
      "missing-secret: needs the Secret web-tls for its volume tls, which is not there",
    );
    const map = mount('MountVolume.SetUp failed for volume "conf" : configmap "web" not found');
    assert.equal(
      told(creating, [map]),
      "missing-config-map: needs the ConfigMap web for its volume conf, which is not there",
    );
  });

  it("is told what else keeps a volume away", () => {
    const key = mount('MountVolume.SetUp failed for volume "tls" : references non-existent secret key: ca.crt');
    const pod = {
      ...creating,
      spec: { nodeName: "node-1", volumes: [{ name: "tls", secret: { secretName: "web-tls" } }] },
    };
    assert.equal(
      told(pod, [key]),
      'missing-secret: needs the key "ca.crt" of the Secret web-tls for its volume tls, which has no such key',
    );
    const setting = mount(
      'MountVolume.SetUp failed for volume "conf" : configmap references non-existent config key: a',
    );
    assert.equal(
      told(creating, [setting]),
      'missing-config-map: needs the key "a" of the ConfigMap that it names for its volume conf, which has no such key',
    );
    assert.equal(
      told(creating, [attach]),
      "volume: cannot mount its volume: Unable to attach or mount volumes: unmounted volumes=[tls]: timed out waiting for the condition",
    );
  });

  it("is told of the claim that it waits for, and what is said of that", () => {
    const waits = unplaced("0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims.", {
      volumes: [{ name: "data", persistentVolumeClaim: { claimName: "data-1" } }],
    });
    const claim = (phase: string) => live("PersistentVolumeClaim data-1", { status: { phase } });
    const failed = event("ProvisioningFailed", 'storageclass.storage.k8s.io "fast" not found', { object: "data-1" });
    assert.equal(
      told(waits, [failed], { volumes: [claim("Pending")] }),
      'volume: waits for its volume data-1, which is not there yet: storageclass.storage.k8s.io "fast" not found',
    );
    assert.equal(
      told(waits, [], { volumes: [claim("Lost")] }),
      "volume: waits for its volume data-1, which has lost what it stood for",
    );
  });
});

describe("a pod that went", () => {
  it("goes since somebody has asked for it, and is removed for good from here alone", () => {
    const metadata = { deletionTimestamp: "2026-11-24T09:08:30Z", deletionGracePeriodSeconds: 30 };
    const [problem] = problems({ pods: [live("Pod bos--db-0", podStatus(false), metadata)] });
    assert.equal(problem?.since, "2026-11-24T09:08:00Z");
    assert.equal(
      problem.next,
      "kubectl delete pod bos--db-0 --force --namespace alice --context ed8k-sandbox, if its node is gone for good",
    );
  });

  it("was refused or ended by its node, which its status alone tells", () => {
    const failed = (reason: string, message: string) =>
      told(live("Pod a", { spec: { nodeName: "n" }, status: { phase: "Failed", reason, message } }));
    assert.equal(
      failed(
        "OutOfcpu",
        "Pod was rejected: Node didn't have enough resource: cpu, requested: 100, used: 1950, capacity: 2000",
      ),
      "unschedulable: was refused by its node, which has too little cpu left: Pod was rejected: Node didn't have enough resource: cpu, requested: 100, used: 1950, capacity: 2000",
    );
    assert.equal(
      failed("Terminated", "Pod was terminated in response to imminent node shutdown."),
      "evicted: was ended by its node (Terminated): Pod was terminated in response to imminent node shutdown.",
    );
    const silent = live("Pod a", { spec: { nodeName: "n" }, status: { phase: "Failed" } });
    assert.equal(told(silent), "unknown: has failed, and nobody says why");
  });

  it("is being deleted, or should have been gone", () => {
    const going = (deletionTimestamp: string, more = {}) =>
      told(live("Pod a", podStatus(true), { deletionTimestamp, ...more }));
    assert.equal(going("2026-11-24T09:09:30Z"), "deleting: is being deleted");
    assert.equal(
      going("2026-11-24T09:05:00Z"),
      "deleting: should have been gone for 5 min 0 s: its node has not said that it ended",
    );
    assert.equal(
      going("2026-11-24T09:05:00Z", { finalizers: ["a/b"] }),
      "deleting: should have been gone for 5 min 0 s: finalizers hold it: a/b",
    );
  });

  it("was sent away by its node, which is told until there is another", () => {
    const owner = { ownerReferences: [{ uid: "uid-of-set" }] };
    const status = { phase: "Failed", reason: "Evicted", message: "The node was low on resource: memory." };
    const evicted = live("Pod a", { spec: { nodeName: "n" }, status }, { ...owner });
    assert.equal(told(evicted), "evicted: was sent away from its node: The node was low on resource: memory.");
    const newer = live("Pod b", podStatus(true), { ...owner, creationTimestamp: "2026-11-24T09:09:00Z" });
    assert.deepEqual(problems({ pods: [evicted, newer] }), []);
  });

  it("is on a node that does not answer", () => {
    const ready = {
      type: "Ready",
      status: "Unknown",
      message: "Kubelet stopped posting node status.",
      lastTransitionTime: "2026-11-24T09:07:00Z",
    };
    const node = (status: string) => live("Node node-1", { status: { conditions: [{ ...ready, status }] } });
    const pod = sick({ ready: true, state: { running: {} }, started: true });
    const [problem] = problems({ pods: [pod], nodes: [node("Unknown")] });
    assert.equal(problem?.text, "is on the node node-1, which does not work: Kubelet stopped posting node status.");
    assert.equal(problem.since, "2026-11-24T09:07:00Z");
    assert.notEqual(problems({ pods: [pod], nodes: [node("True")] })[0]?.cause, "node-lost");
    const next = (kind: string, labels = {}) => {
      const lost = node("Unknown");
      const owned = { ...pod, metadata: { ...pod.metadata, ownerReferences: [{ kind }] } };
      const nodes = [{ ...lost, metadata: { ...lost.metadata, labels } }];
      return problems({ pods: [owned], nodes })[0]?.next;
    };
    assert.equal(next("ReplicaSet"), "after five minutes it is made anew, if another node suits it");
    assert.equal(
      next("StatefulSet"),
      "it is made anew once its node is back; kubectl delete pod bos-web-1 --force --namespace alice --context ed8k-sandbox, if its node is gone for good",
    );
    assert.equal(
      next("StatefulSet", { "ed8k.dev/nodes": "real" }),
      "ed8kctl sandbox status tells what is down, ed8kctl sandbox up heals it",
    );
  });

  it("or is one that a person runs beside the services, is no problem", () => {
    const mine = { labels: { "ed8k.dev/run": "bos" } };
    assert.deepEqual(problems({ pods: [live("Pod run-1", podStatus(false), mine)] }), []);
  });

  it("or serves, or has done its work, is no problem", () => {
    const pods = [live("Pod a", podStatus(true)), live("Pod b", podStatus(false, { phase: "Succeeded" }))];
    assert.deepEqual(problems({ pods }), []);
  });
});
