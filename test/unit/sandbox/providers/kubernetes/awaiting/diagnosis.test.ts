import assert from "node:assert/strict";
import type { JsonObject } from "../../../../../../kube/manifest.js";
import type { LiveObject } from "../../../../../../kube/object.js";
import { diagnose } from "../../../../../../sandbox/providers/kubernetes/awaiting/diagnosis.js";
import { FakeApiServer } from "../../../../kube/fake-api-server.js";

describe("the Kubernetes stand-in: why an object is not ready", () => {
  let server: FakeApiServer;
  let deployment: LiveObject;
  beforeEach(async () => {
    server = await FakeApiServer.start();
    const spec = { selector: { matchLabels: { app: "web" } } };
    deployment = server.put({ apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "web" }, spec });
  });
  afterEach(() => server.stop());

  const pod = (name: string, status: JsonObject, app = "web"): LiveObject =>
    server.put({ apiVersion: "v1", kind: "Pod", metadata: { name, labels: { app } }, status });
  const waiting = (reason: string, message = ""): JsonObject => ({
    name: "main",
    state: { waiting: { reason, message } },
  });
  const event = (name: string, about: JsonObject, type = "Warning"): void =>
    void server.put({
      apiVersion: "v1",
      kind: "Event",
      metadata: { name },
      type,
      reason: "FailedCreate",
      message: "exceeded quota",
      involvedObject: about,
    });
  const reasons = (): Promise<readonly string[]> => diagnose(server.client(), deployment);

  for (const [what, status, said] of [
    [
      "that fits on no node",
      { conditions: [{ type: "PodScheduled", status: "False", reason: "Unschedulable", message: "0/3 nodes" }] },
      "pod web-1: cannot be scheduled: [Unschedulable] 0/3 nodes",
    ],
    [
      "that ends again and again",
      {
        containerStatuses: [
          { ...waiting("CrashLoopBackOff", "back-off 10s"), lastState: { terminated: { exitCode: 3 } } },
        ],
      },
      'pod web-1: container "main": [CrashLoopBackOff] back-off 10s (it ended with exit code 3)',
    ],
    [
      "whose first container fails",
      { initContainerStatuses: [{ name: "init", state: { terminated: { exitCode: 1, reason: "Error" } } }] },
      'pod web-1: container "init" has ended with exit code 1: [Error]',
    ],
    ["that is being made", { containerStatuses: [waiting("ContainerCreating")] }, "pod web-1: is not ready"],
    [
      "that says why it is not ready",
      { conditions: [{ type: "Ready", status: "False", reason: "ContainersNotReady", message: "probe failed" }] },
      "pod web-1: is not ready: [ContainersNotReady] probe failed",
    ],
  ] as const) {
    it(`tells a pod ${what}`, async () => {
      pod("web-1", status);
      assert.deepEqual(await reasons(), [said]);
    });
  }

  it("leaves out pods that are well, and those of others", async () => {
    pod("web-1", { conditions: [{ type: "Ready", status: "True" }] });
    pod("web-2", { phase: "Succeeded" });
    pod("other", { phase: "Pending" }, "other");
    assert.deepEqual(await reasons(), []);
  });

  it("tells warnings about it and what it owns, and no others", async () => {
    event("a", { kind: "Deployment", name: "web", uid: deployment.metadata.uid });
    event("b", { kind: "ReplicaSet", name: "web-5d4f" });
    event("c", { kind: "ReplicaSet", name: "website-5d4f" });
    event("d", { kind: "Deployment", name: "web", uid: deployment.metadata.uid }, "Normal");
    assert.deepEqual(await reasons(), [
      "Deployment web: [FailedCreate] exceeded quota",
      "ReplicaSet web-5d4f: [FailedCreate] exceeded quota",
    ]);
  });

  it("tells at most eight, each once", async () => {
    for (let number = 0; number < 20; number += 1) pod(`web-${number}`, { phase: "Pending" });
    assert.equal((await reasons()).length, 8);
    event("a", { kind: "ReplicaSet", name: "web-1" });
    assert.equal(new Set(await reasons()).size, 8);
  });

  it("is empty, and no fault, where looking is not allowed", async () => {
    pod("web-1", { phase: "Pending" });
    server.fail({ answer: 403, times: 9 });
    assert.deepEqual(await reasons(), []);
  });
});
