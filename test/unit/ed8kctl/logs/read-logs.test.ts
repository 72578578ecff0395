import assert from "node:assert/strict";
import { readLogs } from "../../../../ed8kctl/logs/read-logs.js";
import { FakeApiServer } from "../../kube/fake-api-server.js";
import { keeping, loggingPod, logOf, logText } from "./fixtures.js";

describe("logs", () => {
  let server: FakeApiServer;
  const { signal } = new AbortController();
  beforeEach(async () => {
    server = await FakeApiServer.start();
  });
  afterEach(() => server.stop());

  it("of all containers are told in the order of time, also a last line without an end", async () => {
    for (const name of ["bos-1", "bos-2"]) server.put(loggingPod(name));
    server.fail({ when: logOf("bos-1"), answer: 200, body: logText({ 1: "one", 3: "three" }) });
    server.fail({ when: logOf("bos-2"), answer: 200, body: logText({ 2: "two", 4: "four" }).trimEnd() });
    const { request, lines } = keeping(server, signal);
    await readLogs(request);
    assert.deepEqual(lines, ["bos-1: one", "bos-2: two", "bos-1: three", "bos-2: four"]);
    const { query } = server.requests.find(logOf("bos-1")) ?? { query: {} };
    assert.deepEqual(query, { container: "web", timestamps: "true", sinceSeconds: "600", tailLines: "20" });
  });

  it("are asked for by the services' label", async () => {
    for (const services of [[], ["bos", "fxsuite"]]) {
      await readLogs(keeping(server, signal, { services }).request);
    }
    assert.deepEqual(
      server.requests.filter(({ path }) => path.endsWith("/pods")).map(({ query }) => query["labelSelector"]),
      ["ed8k.dev/service", "ed8k.dev/service in (bos,fxsuite)"],
    );
  });

  it("of runs that have ended are those of containers that were restarted, or will be", async () => {
    const lastState = { terminated: { exitCode: 1 } };
    server.put(loggingPod("bos-1", { state: { running: {} }, restartCount: 1, lastState }));
    server.put(loggingPod("bos-2", { state: { waiting: {} }, restartCount: 1, lastState }));
    server.put(loggingPod("bos-3"));
    server.fail({ when: logOf("bos-1"), answer: 200, body: logText({ 1: "last words" }) });
    server.fail({ when: logOf("bos-2"), answer: 200, body: logText({ 2: "other words" }) });
    const { request, lines } = keeping(server, signal, { previous: true });
    await readLogs(request);
    assert.deepEqual(lines, ["bos-1: last words", "bos-2: other words"]);
    const asked = ["bos-1", "bos-2"].map((name) => server.requests.find(logOf(name))?.query["previous"]);
    // A kubelet keeps one ended run: that of the second is what it gives without being asked for an earlier one.
    assert.deepEqual(asked, ["true", undefined]);
  });

  it("that the kubelet has removed are no lines", async () => {
    for (const name of ["bos-1", "bos-2"]) server.put(loggingPod(name));
    server.fail({ when: logOf("bos-1"), answer: 200, body: "unable to retrieve container logs for containerd://48ac" });
    server.fail({ when: logOf("bos-2"), answer: 200, body: logText({ 1: "one" }) });
    const { request, lines, faults } = keeping(server, signal);
    await readLogs(request);
    assert.deepEqual([lines, faults], [["bos-2: one"], ["bos-1: its log is gone"]]);
  });

  it("that are none are told as such", async () => {
    server.put(loggingPod("bos-1", { state: { waiting: {} } }));
    const told: (readonly string[])[] = [];
    for (const previous of [false, true]) {
      const { request, faults } = keeping(server, signal, { previous });
      await readLogs(request);
      told.push(faults);
    }
    assert.deepEqual(told, [
      ["nothing has been logged: no container has begun to run"],
      ["nothing has been logged: no container was restarted"],
    ]);
  });

  it("that cannot be read are told, and keep nobody from the others", async () => {
    for (const name of ["bos-1", "bos-2"]) server.put(loggingPod(name));
    server.fail({ when: logOf("bos-1"), answer: 500, body: { message: "no kubelet" } });
    server.fail({ when: logOf("bos-2"), answer: 200, body: logText({ 1: "three" }) });
    const { request, lines, faults } = keeping(server, signal);
    await readLogs(request);
    assert.deepEqual([lines, faults], [["bos-2: three"], ["bos-1: no kubelet"]]);
  });

  it("of simulated nodes are not there, which is said", async () => {
    server.put(loggingPod("bos-1"));
    const message = 'no logs found for container "web" in pod "alice/bos-1"';
    server.fail({ when: logOf("bos-1"), answer: 500, body: { message } });
    await assert.rejects(readLogs(keeping(server, signal).request), {
      hint: "no process runs on a simulated node; ed8kctl sandbox status tells which nodes it has",
    });
  });

  it("of which none can be read are an error", async () => {
    server.put(loggingPod("bos-1"));
    server.fail({ when: logOf("bos-1"), answer: 500, body: { message: "no kubelet" } });
    await assert.rejects(readLogs(keeping(server, signal).request), {
      message: "no log can be read: bos-1: no kubelet",
      hint: undefined,
    });
  });
});
