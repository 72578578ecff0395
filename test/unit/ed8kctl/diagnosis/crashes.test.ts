import assert from "node:assert/strict";
import { exitText } from "../../../../ed8kctl/diagnosis/pods/ended.js";
import type { JsonObject } from "../../../../kube/manifest.js";
import { ended, event, problems, sick, told, waiting } from "./fixtures.js";

const loop = waiting("CrashLoopBackOff", "back-off 40s restarting failed container=web pod=bos-web-1_alice(uid)");
const crashing = (exitCode: number, reason?: string, message?: string) =>
  sick({ ...loop, restartCount: 4, lastState: ended(exitCode, reason, message) });
const running = { state: { running: { startedAt: "2026-11-24T09:09:30Z" } }, started: true };

describe("a container that ends", () => {
  it("again and again is told with its exit code, how long it ran, and where its log is", () => {
    const [problem] = problems({ pods: [crashing(3)] });
    assert.deepEqual(problem, {
      kind: "Pod",
      name: "bos-web-1",
      service: "bos",
      cause: "crash",
      text: "crashes again and again: it ended with exit code 3 after 2.0 s, 4 restarts",
      since: "2026-11-24T09:05:00Z",
      next: "ed8kctl logs alice bos",
      log: { pod: "bos-web-1", container: "web", previous: false },
    });
  });

  it("is told by the run before while it runs again", () => {
    const again = sick({ ...running, restartCount: 1, lastState: ended(1) });
    const [problem] = problems({ pods: [again] });
    assert.equal(problem?.text, "ended with exit code 1 after 2.0 s, 1 restart");
    assert.equal(problem.next, "ed8kctl logs alice bos --previous");
    assert.deepEqual(problem.log, { pod: "bos-web-1", container: "web", previous: true });
  });

  it("again and again fails since it was first held back", () => {
    const since = (reason: string, message: string) =>
      problems({ pods: [crashing(3)], events: [event(reason, message)] })[0]?.since;
    assert.equal(
      since("BackOff", "Back-off restarting failed container web in pod bos-web-1_alice(uid)"),
      "2026-11-24T09:06:00Z",
    );
    assert.equal(since("BackOff", "Back-off pulling image"), "2026-11-24T09:05:00Z");
  });

  it("over and over until a moment ago is told although its pod serves now", () => {
    const ready = { conditions: [{ type: "Ready", status: "True", lastTransitionTime: "2026-11-24T09:09:31Z" }] };
    const serving = (restartCount: number, lastState: JsonObject) => {
      const status = { containerStatuses: [{ name: "web", ready: true, restartCount, ...running, lastState }] };
      return sick({}, { spec: { resources: { limits: { memory: "64Mi" } } }, status: { ...ready, ...status } });
    };
    assert.equal(
      told(serving(7, ended(137, "OOMKilled"))),
      "restarted: runs again; it was killed for lack of memory (OOM): it used more than its limit of 64Mi, 7 restarts",
    );
    assert.equal(told(serving(1, ended(1))), "");
    const before = { terminated: { exitCode: 1, reason: "Error", finishedAt: "2026-11-24T08:59:00Z" } };
    assert.equal(told(serving(7, before)), "");
  });

  it("with its node did not crash", () => {
    for (const reason of ["Unknown", "ContainerStatusUnknown"]) {
      assert.equal(told(crashing(255, reason)), "starting: was lost with its node, 4 restarts");
      const again = sick({ ...running, restartCount: 4, lastState: ended(255, reason) });
      assert.equal(told(again), "starting: has started and is not ready yet");
    }
  });

  it("for the first time is not told to do so again and again", () => {
    assert.equal(told(sick({ state: ended(1) })), "crash: ended with exit code 1 after 2.0 s");
  });

  it("at once is told without a false precision", () => {
    const at = "2026-11-24T09:08:00Z";
    const state = { terminated: { exitCode: 1, reason: "Error", startedAt: at, finishedAt: at } };
    assert.equal(told(sick({ state })), "crash: ended with exit code 1 after less than a second");
  });

  it("long ago does not explain why it is not ready now", () => {
    const before = { terminated: { exitCode: 1, reason: "Error", finishedAt: "2026-11-24T08:30:00Z" } };
    assert.equal(
      told(sick({ ...running, restartCount: 1, lastState: before })),
      "starting: has started and is not ready yet",
    );
  });

  it("by a signal is told in words", () => {
    assert.deepEqual([0, 1, 126, 127, 134, 137, 139, 143, 255].map(exitText), [
      "exit code 0 (no error, although a service must go on running)",
      "exit code 1",
      "exit code 126 (the command cannot be executed)",
      "exit code 127 (the command was not found)",
      "exit code 134 (SIGABRT: it gave up by itself)",
      "exit code 137 (SIGKILL: it was killed)",
      "exit code 139 (SIGSEGV: it touched memory that is not its own)",
      "exit code 143 (SIGTERM: it was asked to end)",
      "exit code 255",
    ]);
  });

  it("for lack of memory names its limit", () => {
    const limits = { resources: { limits: { memory: "64Mi" } } };
    const killed = { ...loop, restartCount: 2, lastState: ended(137, "OOMKilled") };
    assert.equal(
      told(sick(killed, { spec: limits })),
      "out-of-memory: was killed for lack of memory (OOM): it used more than its limit of 64Mi, 2 restarts",
    );
    assert.equal(
      told(sick({ state: ended(137, "OOMKilled") })),
      "out-of-memory: was killed for lack of memory (OOM): the node had none left",
    );
  });

  it("before it has begun is told by what the runtime says", () => {
    const runc =
      "failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: ";
    const cases: readonly (readonly [string, string])[] = [
      [`${runc}exec: "bso": executable file not found in $PATH: unknown`, 'its image has no program "bso"'],
      [
        `${runc}error during container init: exec: "/app/run": stat /app/run: no such file or directory: unknown`,
        'its image has no program "/app/run"',
      ],
      [`${runc}exec: "/app/run": permission denied: unknown`, '"/app/run" in its image is not executable'],
      [`${runc}exec /app/run: exec format error`, "its image is made for another kind of processor"],
      [`${runc}rootfs is full`, "unable to start container process: rootfs is full"],
      ["", "the runtime does not say why"],
    ];
    for (const [message, words] of cases) {
      assert.equal(told(crashing(128, "StartError", message)), `cannot-start: cannot start: ${words}`);
      assert.equal(told(sick(waiting("RunContainerError", message))), `cannot-start: cannot start: ${words}`);
    }
  });
});

describe("a container with settings that are not there", () => {
  const config = (message: string) => told(sick(waiting("CreateContainerConfigError", message)));

  it("names the Secret, the ConfigMap, or the key", () => {
    assert.equal(config('secret "tokens" not found'), "missing-secret: needs the Secret tokens, which is not there");
    assert.equal(
      config('configmap "bos-settings" not found'),
      "missing-config-map: needs the ConfigMap bos-settings, which is not there",
    );
    assert.equal(
      config("couldn't find key password in Secret alice/tokens"),
      'missing-secret: needs the key "password" of the Secret tokens, which has no such key',
    );
    assert.equal(
      config("couldn't find key url in ConfigMap alice/bos-settings"),
      'missing-config-map: needs the key "url" of the ConfigMap bos-settings, which has no such key',
    );
  });

  it("or tells what else the kubelet says", () => {
    const message =
      'container has runAsNonRoot and image will run as root (pod: "bos-web-1_alice(uid)", container: web)';
    assert.equal(config(message), `bad-settings: cannot start with these settings: ${message}`);
  });
});

describe("containers of a pod", () => {
  it("are named where there are several, and faults go before what passes", () => {
    const pod = sick(
      {},
      {
        status: {
          containerStatuses: [
            { name: "web", ready: false, restartCount: 0, ...running },
            { name: "proxy", ready: false, restartCount: 0, ...waiting("ErrImagePull", "not found") },
          ],
        },
      },
    );
    assert.equal(
      told(pod),
      "image-not-found: its container proxy cannot pull its image : the registry has no such image or tag",
    );
  });

  it("that prepare the others are told while they run, wait and fail", () => {
    const init = (status: object) =>
      sick(waiting("PodInitializing"), {
        status: { initContainerStatuses: [{ name: "migrate", restartCount: 0, ...status }] },
      });
    assert.equal(
      told(init(running)),
      "starting: its init container migrate still runs, and the pod's other containers wait for it",
    );
    assert.equal(
      told(init({ ...loop, restartCount: 4, lastState: ended(1) })),
      "crash: its init container migrate crashes again and again: it ended with exit code 1 after 2.0 s, 4 restarts",
    );
    assert.equal(told(init({ state: ended(0, "Completed") })), "starting: is starting");
  });

  it("of a Job of which some have done their work are no problem", () => {
    const done = { name: "web", ready: false, restartCount: 0, state: ended(0, "Completed") };
    const other = (status: JsonObject) => {
      const pod = sick({}, { status: { containerStatuses: [done, { name: "proxy", restartCount: 0, ...status }] } });
      return told({ ...pod, spec: { ...(pod["spec"] as JsonObject), restartPolicy: "OnFailure" } });
    };
    assert.equal(other({ ...running, ready: true }), "");
    assert.match(other({ state: ended(1), ready: false }), /^crash: its container proxy ended with exit code 1/);
    assert.match(told(sick({ state: ended(0, "Completed") })), /^crash: ended with exit code 0 /);
  });

  it("of which the kubelet says nothing yet have a pod that is starting", () => {
    const begun = event(
      "FailedCreatePodSandBox",
      'Failed to create pod sandbox: rpc error: code = Unknown desc = plugin type="bridge" failed',
      { field: "" },
    );
    assert.equal(
      told(sick(waiting("ContainerCreating")), [begun]),
      'node-fault: cannot be begun by its node: plugin type="bridge" failed',
    );
    const odd = event("Odd", "nobody knows", { field: "" });
    assert.equal(
      told(sick(waiting("ContainerCreating")), [odd]),
      "unknown: is not ready; the last thing said of it is Odd: nobody knows",
    );
  });
});
