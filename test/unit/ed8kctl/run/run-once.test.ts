import assert from "node:assert/strict";
import { runOnce } from "../../../../ed8kctl/run/run-once.js";
import type { JsonObject } from "../../../../kube/manifest.js";
import { asList, at } from "../../../../kube/object.js";
import { FakeApiServer } from "../../kube/fake-api-server.js";
import { FakeKubectl } from "../fake-kubectl.js";
import { FACTS } from "../live/facts.js";
import { live, of } from "../live/objects.js";

const PODS = "/api/v1/namespaces/alice/pods";

function commandOf(pod: JsonObject): readonly string[] {
  return asList(at(asList(at(pod, "spec", "containers"))[0], "command")).map(String);
}

describe("running a command once", () => {
  let server: FakeApiServer;
  let controller: AbortController;
  let kubectl: FakeKubectl | undefined;
  beforeEach(async () => {
    server = await FakeApiServer.start();
    controller = new AbortController();
  });
  afterEach(async () => {
    kubectl?.remove();
    kubectl = undefined;
    await server.stop();
  });

  /** Plays the kubelet: `stateOf` gives the state of a new pod's container by its command. */
  function playKubelet(stateOf: (command: readonly string[]) => JsonObject): void {
    server.store.subscribe(({ type, object }) => {
      if (type !== "ADDED" || object.kind !== "Pod") return;
      const command = commandOf(object);
      const status = {
        phase: "Running",
        containerStatuses: [{ name: "web", restartCount: 0, state: stateOf(command) }],
      };
      const { apiVersion, kind, metadata } = object;
      const { name, namespace } = metadata;
      setImmediate(() =>
        server.put({
          apiVersion,
          kind,
          metadata: { name, namespace },
          spec: { nodeName: "n", containers: [{ name: "web", command }] },
          status,
        }),
      );
    });
  }

  async function run(timeoutSeconds = 60) {
    const said: string[] = [];
    const keep = (line: string): void => void said.push(line.replaceAll(/bos-run-[0-9a-f]{8}/g, "POD"));
    const workload = live(
      "Deployment bos-web",
      { spec: { template: { spec: { containers: [{ name: "web", image: "bos:1" }] } } } },
      of("bos"),
    );
    await runOnce({
      target: { client: server.client(), facts: FACTS },
      environment: "alice",
      workload,
      command: ["bos", "migrate"],
      timeoutSeconds,
      out: { progress: keep, warn: keep, stream: keep },
      signal: controller.signal,
    });
    return said;
  }

  /** What was made and removed, and what is left. */
  const trace = () => ({
    commands: server.requests
      .filter(({ method }) => method === "POST")
      .map(({ body }) => commandOf(body as JsonObject).join(" ")),
    removed: server.calls().filter((call) => call.startsWith(`DELETE ${PODS}/bos-run-`)).length,
    left: server.store.all().filter(({ kind }) => kind === "Pod"),
  });

  it("enters a pod that is held, and removes it", async () => {
    playKubelet(() => ({ running: {} }));
    kubectl = new FakeKubectl("exit 0");
    assert.deepEqual(await run(), []);
    assert.match(
      kubectl.calls[0] ?? "",
      /^--context ed8k-sandbox --namespace alice exec -i bos-run-[0-9a-f]{8} -c web -- bos migrate$/,
    );
    assert.deepEqual(trace(), { commands: ["sleep 60"], removed: 1, left: [] });
  });

  it("hands on the command's exit code, and removes the pod all the same", async () => {
    playKubelet(() => ({ running: {} }));
    kubectl = new FakeKubectl("echo 'command terminated with exit code 7' >&2; exit 7");
    await assert.rejects(run(), { name: "ExitStatus", code: 7 });
    assert.deepEqual(trace().left, []);
  });

  it("says so when the command took too long", async () => {
    // The fake's objects were made long ago, so that their time is over.
    playKubelet(() => ({ running: {} }));
    kubectl = new FakeKubectl("echo 'command terminated with exit code 137' >&2; exit 137");
    const { now } = Date;
    Date.now = () => Date.parse("2026-11-24T12:00:59Z");
    try {
      await assert.rejects(run(), { name: "ExitStatus", code: 137 });
      Date.now = () => Date.parse("2026-11-24T12:01:00Z");
      await assert.rejects(run(), { message: "the command was ended: it took longer than its --timeout" });
    } finally {
      Date.now = now;
    }
  });

  it("ends with Ctrl-C, and removes the pod all the same", async () => {
    playKubelet(() => ({ running: {} }));
    kubectl = new FakeKubectl("exec sleep 60");
    setTimeout(() => controller.abort(), 500);
    await assert.rejects(run(), { name: "AbortError" });
    assert.deepEqual(trace().left, []);
  });

  const noSleep = {
    terminated: { exitCode: 128, reason: "StartError", message: 'exec: "sleep": executable file not found in $PATH' },
  };

  it("runs the command as the pod's own where the image cannot hold it", async () => {
    playKubelet(([program]) => (program === "sleep" ? noSleep : { terminated: { exitCode: 3, reason: "Error" } }));
    server.fail({ when: ({ path }) => path.endsWith("/log"), answer: 200, body: "2026-11-24T09:00:00Z migrated\n" });
    await assert.rejects(run(), { name: "ExitStatus", code: 3 });
    assert.deepEqual(trace(), { commands: ["sleep 60", "bos migrate"], removed: 2, left: [] });
  });

  it("says why the pod does not begin, and removes it", async () => {
    const waiting = { reason: "ErrImagePull", message: "bos:1: not found" };
    playKubelet(() => ({ waiting }));
    await assert.rejects(run(), (error: Error) => {
      assert.match(
        error.message,
        /^bos-run-[0-9a-f]{8} cannot pull its image .*: the registry has no such image or tag$/,
      );
      return true;
    });
    assert.deepEqual(trace().left, []);
  });

  it("waits where its node cannot begin it for now, and gives up when its time is over", async () => {
    server.store.subscribe(({ type, object }) => {
      if (type !== "ADDED" || object.kind !== "Pod") return;
      const { name, uid } = object.metadata;
      const ready = { type: "PodScheduled", status: "True" };
      const message = 'Failed to create pod sandbox: plugin type="bridge" failed';
      setImmediate(() => {
        const about = { involvedObject: { name, uid }, type: "Warning", reason: "FailedCreatePodSandBox", message };
        server.put(live("Event a", about, { namespace: "alice" }));
        const status = { phase: "Pending", conditions: [ready] };
        server.put({ apiVersion: "v1", kind: "Pod", metadata: { name, namespace: "alice" }, status });
      });
    });
    await assert.rejects(run(1), (error: Error) => {
      assert.match(
        error.message,
        /^bos-run-\S+ has not begun within its --timeout: it cannot be begun by its node: plugin type="bridge" failed$/,
      );
      return true;
    });
    assert.deepEqual(trace(), { commands: ["sleep 1"], removed: 1, left: [] });
  });

  it("does not run it otherwise when it cannot be held for another reason", async () => {
    const message = 'exec: "sleep": permission denied';
    playKubelet(() => ({ terminated: { exitCode: 128, reason: "StartError", message } }));
    await assert.rejects(run(), /"sleep" in its image is not executable$/);
    assert.deepEqual(trace(), { commands: ["sleep 60"], removed: 1, left: [] });
  });

  it("leaves no pod when Ctrl-C comes while it is made, or nobody answers", async () => {
    server.store.subscribe(({ type }) => {
      if (type === "ADDED") controller.abort();
    });
    await assert.rejects(run(), { name: "AbortError" });
    assert.deepEqual(trace(), { commands: ["sleep 60"], removed: 1, left: [] });
    controller = new AbortController();
    server.fail({ when: ({ method }) => method === "POST", answer: "cut" });
    await assert.rejects(run(), { name: "UnreachableError" });
    assert.equal(trace().removed, 2);
  });

  it("tells of a command that runs as the pod's own, to its end, whatever cuts the log", async () => {
    let isOver = false;
    playKubelet(([program]) => (program === "sleep" ? noSleep : { running: {} }));
    const isLog = ({ path }: { readonly path: string }) => path.endsWith("/log");
    server.fail({ when: isLog, answer: 200, body: "2026-11-24T09:00:00Z one\n2026-11-24T09:00:00Z two\n" });
    server.fail({ when: isLog, answer: "cut", times: 5 });
    server.fail({ when: isLog, answer: 200, body: "2026-11-24T09:00:00Z two\n2026-11-24T09:00:01Z three\n" });
    const ending = setInterval(() => {
      const [pod] = server.store.all().filter(({ kind }) => kind === "Pod");
      isOver ||= server.requests.filter(isLog).length > 6;
      if (!isOver || pod === undefined) return;
      const status = { containerStatuses: [{ name: "web", restartCount: 0, state: { terminated: { exitCode: 0 } } }] };
      server.put({ apiVersion: "v1", kind: "Pod", metadata: { name: pod.metadata.name, namespace: "alice" }, status });
    }, 50);
    try {
      assert.deepEqual((await run()).slice(1), [
        "one\n",
        "two\n",
        `The cluster of context "fake" at ${server.url} cannot be reached: the connection was cut; trying again`,
        "three\n",
      ]);
    } finally {
      clearInterval(ending);
    }
  }).timeout(20_000);

  it("says why no pod can be made at all", async () => {
    const refuse = (message: string) =>
      server.fail({ when: ({ method }) => method === "POST", answer: 403, body: { reason: "Forbidden", message } });
    refuse('pods "x" is forbidden: exceeded quota: environment, requested: pods=1, used: pods=60, limited: pods=60');
    await assert.rejects(run(), {
      message: "no pod can be made: the quota environment is used up: pods: it asks for 1, and 60 of 60 are used",
    });
    refuse('pods is forbidden: User "bob" cannot create resource "pods" in API group ""');
    await assert.rejects(run(), { name: "KubeError" });
  });

  it("warns when the pod cannot be removed", async () => {
    playKubelet(() => ({ running: {} }));
    kubectl = new FakeKubectl("exit 0");
    server.fail({ when: ({ method }) => method === "DELETE", answer: 403, body: { message: "no" } });
    assert.deepEqual(await run(), [
      "the pod POD is left (no); kubectl delete pod POD --namespace alice --context ed8k-sandbox removes it",
    ]);
  });
});
