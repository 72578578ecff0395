import assert from "node:assert/strict";
import type { JsonObject } from "../../../../kube/manifest.js";
import { live, of, podStatus } from "../live/objects.js";
import { event, problems, sick, told, waiting } from "./fixtures.js";

function unplaced(message: string, spec: JsonObject = {}) {
  const resources = { requests: { cpu: "9", memory: "30Gi" } };
  const scheduled = {
    type: "PodScheduled",
    status: "False",
    reason: "Unschedulable",
    message,
    lastTransitionTime: "2026-11-24T09:01:00Z",
  };
  const fields = {
    spec: { containers: [{ name: "web", resources }], ...spec },
    status: { phase: "Pending", conditions: [scheduled] },
  };
  return live("Pod bos-web-1", fields, of("bos"));
}

describe("a pod without a node", () => {
  const after = "preemption: 0/3 nodes are available: 3 No preemption victims found for incoming pod.";
  const cases: readonly (readonly [message: string, words: string, spec?: JsonObject])[] = [
    [
      `0/3 nodes are available: 3 Insufficient cpu. ${after}`,
      "unschedulable: fits no node of 3: too little cpu is free on 3 nodes (it asks for 9)",
    ],
    [
      `0/3 nodes are available: 1 Insufficient cpu, 2 Insufficient memory. ${after}`,
      "unschedulable: fits no node of 3: too little cpu is free on 1 node (it asks for 9); too little memory is free on 2 nodes (it asks for 30Gi)",
    ],
    [
      `0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector. ${after}`,
      "unschedulable: fits no node of 3: its node selector disk=ssd does not match on 3 nodes",
      { nodeSelector: { disk: "ssd" } },
    ],
    [
      "0/1 nodes are available: 1 node(s) had untolerated taint {ed8k.dev/nodes: simulated}. no new claims to deallocate, preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.",
      "unschedulable: fits no node of 1: it does not tolerate the taint ed8k.dev/nodes=simulated on 1 node",
    ],
    [
      "0/1 nodes are available: 1 Insufficient example.com/gpu. no new claims to deallocate, preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.",
      "unschedulable: fits no node of 1: too little example.com/gpu is free on 1 node",
    ],
    [
      "0/1 nodes are available: 1 Too many pods.",
      "unschedulable: fits no node of 1: there is no room for one more pod on 1 node",
    ],
    [
      "0/1 nodes are available: 1 node(s) were unschedulable.",
      "unschedulable: fits no node of 1: new pods are not let on 1 node",
    ],
    [
      "0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims.",
      "volume: fits no node of 1: its volume is not there yet",
    ],
    [
      '0/1 nodes are available: persistentvolumeclaim "data" not found.',
      "volume: fits no node of 1: its volume claim data is not there",
    ],
    [
      "0/2 nodes are available: 2 node(s) had volume node affinity conflict.",
      "volume: fits no node of 2: its volume cannot be used on 2 nodes",
    ],
    ["no nodes available to schedule pods", "unschedulable: fits no node: no nodes available to schedule pods"],
  ];
  for (const [message, words, spec] of cases) {
    it(`is told what it needs: ${message.slice(0, 70)}`, () => {
      assert.equal(told(unplaced(message, spec)), words);
    });
  }

  it("says since when, and what to do", () => {
    const [problem] = problems({ pods: [unplaced("0/3 nodes are available: 3 Insufficient cpu.")] });
    assert.equal(problem?.since, "2026-11-24T09:01:00Z");
    assert.equal(
      problem.next,
      "ask for less in the service's values and run ed8kctl create alice, or stop other services",
    );
  });

  it("has not been looked at while the scheduler says nothing", () => {
    assert.equal(
      told(live("Pod new", { spec: {}, status: { phase: "Pending" } })),
      "starting: waits for the scheduler to look at it",
    );
  });
});

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
    assert.equal(
      told(creating, [key]),
      "volume: cannot mount its volume tls: references non-existent secret key: ca.crt",
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
