import assert from "node:assert/strict";
import type { JsonObject } from "../../../../kube/manifest.js";
import type { LiveObject } from "../../../../kube/object.js";
import { live } from "../live/objects.js";
import { problems, told, unplaced } from "./fixtures.js";

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

  describe("where the scheduler names no taint", () => {
    const message =
      "0/3 nodes are available: 1 Insufficient cpu, 2 node(s) had untolerated taint(s). no new claims to deallocate, preemption: 0/3 nodes are available: 1 No preemption victims found for incoming pod, 2 Preemption is not helpful for scheduling.";
    const node = (name: string, ...keys: readonly string[]) => {
      const taints = keys.map((key) => {
        const [, bare = "", value, effect = "NoSchedule"] = /^([^=:]+)(?:=([^:]*))?(?::(.*))?$/.exec(key) ?? [];
        return { key: bare, effect, ...(value === undefined ? {} : { value }) };
      });
      return live(`Node ${name}`, { spec: { taints } });
    };
    const simulated = [node("sim-1", "ed8k.dev/nodes=simulated"), node("sim-2", "ed8k.dev/nodes=simulated")];
    const find = (nodes: readonly LiveObject[], spec: JsonObject = {}) => {
      const [problem] = problems({ pods: [unplaced(message, spec)], nodes });
      return [problem?.text.replace(/.*on 1 node \(it asks for 9\); /, ""), problem?.next];
    };
    const less = "ask for less in the service's values and run ed8kctl create alice, or stop other services";
    const away = "the nodes are at fault: kubectl get nodes --context ed8k-sandbox tells more";

    it("the nodes do, and room is what to see to first", () => {
      assert.deepEqual(find([...simulated, node("real-1")]), [
        "it does not tolerate the taint ed8k.dev/nodes=simulated on 2 nodes",
        less,
      ]);
      assert.deepEqual(find([]), ["it does not tolerate the taint(s) on 2 nodes", less]);
    });

    it("and nodes that do not work come before those that are for others", () => {
      const kinds = ["not-ready", "memory-pressure", "disk-pressure", "pid-pressure", "unreachable"];
      const words = kinds.map((kind) => find([node("real-1", "a=b", `node.kubernetes.io/${kind}`), ...simulated]));
      const others = "it does not tolerate the taint ed8k.dev/nodes=simulated on 2 nodes";
      assert.deepEqual(
        words,
        [
          "real-1 is not ready",
          "real-1 has too little memory left",
          "real-1 has too little disk left",
          "real-1 has too many processes",
          "real-1 does not answer",
        ].map((text) => [`${text}; ${others}`, away]),
      );
      const lost = ["node.kubernetes.io/unreachable", "node.kubernetes.io/unreachable:NoExecute"];
      assert.deepEqual(find([node("a", ...lost), node("b", ...lost), node("c", ...lost)]), [
        "a (and 2 like it) does not answer",
        away,
      ]);
    });

    it("nor of what the pod tolerates", () => {
      const tolerating = (toleration: JsonObject) => find(simulated, { tolerations: [toleration] })[0];
      const none = "it does not tolerate the taint(s) on 2 nodes";
      assert.equal(tolerating({ key: "ed8k.dev/nodes", operator: "Exists" }), none);
      assert.equal(tolerating({ operator: "Exists" }), none);
      assert.equal(tolerating({ key: "ed8k.dev/nodes", value: "simulated", effect: "NoSchedule" }), none);
      const all = "it does not tolerate the taint ed8k.dev/nodes=simulated on 2 nodes";
      assert.equal(tolerating({ key: "ed8k.dev/nodes", value: "real" }), all);
      assert.equal(tolerating({ key: "ed8k.dev/nodes", operator: "Exists", effect: "NoExecute" }), all);
      assert.match(String(find([node("soft", "a=b:PreferNoSchedule")])[0]), /taint\(s\)/);
    });
  });

  // Each as it stands in pkg/scheduler/framework/plugins of Kubernetes 1.36.3.
  const volumes: readonly (readonly [reason: string, words: string])[] = [
    ["2 node(s) didn't match PersistentVolume's node affinity", "its volume cannot be used on 2 nodes"],
    ["2 node(s) didn't find available persistent volumes to bind", "there is no volume for it on 2 nodes"],
    ["2 node(s) did not have enough free storage", "there is too little storage for its volume on 2 nodes"],
    [
      "2 node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)",
      "the volume of one of its claims is not there any more",
    ],
    ["2 node(s) had no available volume zone", "its volume is in another zone than 2 nodes"],
    ["2 node(s) exceed max volume count", "no further volume can be attached on 2 nodes"],
    ["2 node(s) had no available disk", "its volume is in use by another pod"],
    [
      "2 node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod",
      "its volume is in use by another pod",
    ],
    [
      'persistentvolumeclaim "data" bound to non-existent persistentvolume "pv"',
      "the volume of its claim data is not there any more",
    ],
    [
      'waiting for ephemeral volume controller to create the persistentvolumeclaim "data"',
      "its volume claim data is about to be made",
    ],
  ];
  for (const [reason, words] of volumes) {
    it(`is told of its volume: ${reason}`, () => {
      assert.equal(
        told(unplaced(`0/2 nodes are available: ${reason}. ${after}`)),
        `volume: fits no node of 2: ${words}`,
      );
    });
  }

  it("fits no node only where that is what the scheduler says", () => {
    const failed = (message: string) => told(unplaced(message, {}, "SchedulerError"));
    assert.equal(
      failed('running PreBind plugin "VolumeBinding": binding volumes: provisioning failed for PVC "data"'),
      'volume: gets no volume: running PreBind plugin "VolumeBinding": binding volumes: provisioning failed for PVC "data"',
    );
    assert.equal(failed("the server was unable"), "unschedulable: is given no node: the server was unable");
    const gates = { schedulingGates: [{ name: "acme.com/paid" }] };
    assert.equal(
      told(unplaced("Scheduling is blocked due to non-empty scheduling gates", gates, "SchedulingGated")),
      "starting: waits for its scheduling gate acme.com/paid",
    );
  });

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
