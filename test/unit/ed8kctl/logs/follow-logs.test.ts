import assert from "node:assert/strict";
import { followLogs } from "../../../../ed8kctl/logs/follow-logs.js";
import type { LogRequest } from "../../../../ed8kctl/logs/open-log.js";
import { FakeApiServer } from "../../kube/fake-api-server.js";
import { keeping, loggingPod, logOf, logText } from "./fixtures.js";

describe("followed logs", () => {
  let server: FakeApiServer;
  let controller: AbortController;
  beforeEach(async () => {
    server = await FakeApiServer.start();
    controller = new AbortController();
  });
  afterEach(() => server.stop());

  /** Follows until `count` lines have come; `at` is called with the number of each. */
  async function follow(count: number, at: (line: number) => void) {
    const { request, lines, faults } = keeping(server, controller.signal);
    const onLine: LogRequest["onLine"] = (line) => {
      request.onLine(line);
      at(lines.length);
      if (lines.length === count) setImmediate(() => controller.abort());
    };
    await followLogs({ ...request, onLine });
    return { lines, faults };
  }

  const put = (name: string, container = {}) => {
    server.put(loggingPod(name, { state: { running: {} }, ...container }));
  };
  const answer = (name: string, lines: Readonly<Record<number, string>>) =>
    server.fail({ when: logOf(name), answer: 200, body: logText(lines) });
  const asked = (name: string) => server.requests.filter(logOf(name)).map(({ query }) => query);

  it("go on with pods that come later, from their first line", async () => {
    put("bos-1");
    answer("bos-1", { 1: "one" });
    answer("bos-2", { 2: "two" });
    const { lines } = await follow(2, (line) => {
      if (line === 1) put("bos-2");
    });
    assert.deepEqual(lines, ["bos-1: one", "bos-2: two"]);
    assert.deepEqual(asked("bos-1")[0], {
      container: "web",
      timestamps: "true",
      sinceSeconds: "600",
      tailLines: "20",
      follow: "true",
    });
    assert.deepEqual(asked("bos-2"), [{ container: "web", timestamps: "true", follow: "true" }]);
  });

  it("go on with a container that is started anew, also when only its end is seen", async () => {
    put("bos-1");
    answer("bos-1", { 1: "one" });
    answer("bos-1", { 2: "two" });
    const { lines } = await follow(2, (line) => {
      const ended = { state: { waiting: {} }, lastState: { terminated: { exitCode: 1 } }, restartCount: 1 };
      if (line === 1) put("bos-1", ended);
    });
    assert.deepEqual(lines, ["bos-1: one", "bos-1: two"]);
  });

  it("are taken up where they were when the connection ends before the container does", async () => {
    put("bos-1");
    answer("bos-1", { 1: "one", 1500: "two" });
    answer("bos-1", { 1100: "earlier", 1500: "two", 1501: "three" });
    const { lines, faults } = await follow(3, () => undefined);
    assert.deepEqual([lines, faults], [["bos-1: one", "bos-1: two", "bos-1: three"], []]);
    assert.deepEqual(asked("bos-1")[1], {
      container: "web",
      timestamps: "true",
      sinceTime: "2026-11-24T09:00:01Z",
      follow: "true",
    });
  });

  it("tell once what stands in their way, and try again", async () => {
    put("bos-1");
    server.fail({ when: logOf("bos-1"), answer: 500, times: 2, body: { message: "no kubelet" } });
    answer("bos-1", { 1: "one" });
    const { lines, faults } = await follow(1, () => undefined);
    assert.deepEqual([lines, faults], [["bos-1: one"], ["bos-1: no kubelet"]]);
  });

  it("go on when the API server was away for a moment, which is told once", async () => {
    put("bos-1");
    answer("bos-1", { 1: "one" });
    const { lines, faults } = await follow(2, (line) => {
      if (line > 1) return;
      void server.goAway();
      setTimeout(() => {
        answer("bos-2", { 2: "two" });
        put("bos-2");
        void server.comeBack();
      }, 1000);
    });
    assert.deepEqual(lines, ["bos-1: one", "bos-2: two"]);
    assert.equal(faults.length, 1);
    assert.match(faults[0] ?? "", /cannot be reached: nothing listens there \(connection refused\); trying again$/);
  }).timeout(10_000);

  it("end with an error when the pods cannot be watched any more, and leave nothing running", async () => {
    put("bos-1");
    server.fail({ when: ({ query }) => query["watch"] === "true", answer: 403, body: { message: "no" } });
    server.fail({ when: logOf("bos-1"), answer: "silent" });
    await assert.rejects(followLogs(keeping(server, controller.signal).request), { message: "no" });
  });
});
