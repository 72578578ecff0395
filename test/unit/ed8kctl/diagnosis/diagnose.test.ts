import assert from "node:assert/strict";
import { diagnose, whyNotReady } from "../../../../ed8kctl/diagnosis/diagnose.js";
import { readEnvironment } from "../../../../ed8kctl/live/read.js";
import { FakeApiServer, type SeenRequest } from "../../kube/fake-api-server.js";
import { FACTS } from "../live/facts.js";
import { environmentNamespace, live } from "../live/objects.js";
import { ended, NOW, sick, waiting } from "./fixtures.js";

describe("diagnosing an environment", () => {
  let server: FakeApiServer;
  let controller: AbortController;
  beforeEach(async () => {
    controller = new AbortController();
    server = await FakeApiServer.start();
    server.put(environmentNamespace("alice", "alice"));
    const pod = sick({ ...waiting("CrashLoopBackOff"), restartCount: 4, lastState: ended(3) });
    server.put({ ...pod, metadata: { ...pod.metadata, namespace: "alice" } });
  });
  afterEach(() => server.stop());

  const look = () => ({ now: NOW, signal: controller.signal });
  const target = () => ({ client: server.client(), facts: FACTS });
  const isLog = ({ path }: SeenRequest) => path === "/api/v1/namespaces/alice/pods/bos-web-1/log";
  const found = async () => {
    const reading = target();
    return diagnose(reading, await readEnvironment(reading, "alice"), look());
  };

  it("adds the last lines of the logs of what is sick, without codes for terminals", async () => {
    const body = ["one", "two\u001b[31m red\u001b[0m", "", "x".repeat(300), "four", "five", "six", ""].join("\n");
    server.fail({ when: isLog, answer: 200, body });
    const [problem] = await found();
    assert.deepEqual(problem?.lines, ["two red", `${"x".repeat(199)}…`, "four", "five", "six"]);
    assert.equal("log" in problem, false);
    const { query } = server.requests.find(isLog) ?? { query: {} };
    assert.deepEqual(query, { container: "web", tailLines: "5", limitBytes: "1048576" });
  });

  it("goes without a log that cannot be read, or does not come", async () => {
    for (const answer of [400, "silent"] as const) {
      server.fail({ when: isLog, answer, body: { message: "no" } });
      const started = Date.now();
      const [problem] = await found();
      assert.deepEqual([problem?.cause, problem?.lines], ["crash", undefined]);
      assert.ok(Date.now() - started < 4000);
    }
  }).timeout(10_000);

  it("takes no line from a log that is gone", async () => {
    server.fail({ when: isLog, answer: 200, body: "unable to retrieve container logs for containerd://48ac" });
    assert.equal((await found())[0]?.lines, undefined);
  });

  it("looks at all nodes where a pod has none", async () => {
    const condition = { type: "PodScheduled", status: "False", reason: "Unschedulable" };
    const message = "0/2 nodes are available: 2 node(s) had untolerated taint(s).";
    const status = { phase: "Pending", conditions: [{ ...condition, message }] };
    server.put(live("Pod unplaced", { spec: {}, status }, { namespace: "alice" }));
    const taints = [{ key: "node.kubernetes.io/not-ready", effect: "NoSchedule" }];
    server.put(live("Node real-1", { spec: { taints } }));
    const texts = (await found()).map(({ text }) => text);
    assert.ok(texts.includes("fits no node of 2: real-1 is not ready"), texts.join("\n"));
  });

  it("goes without the nodes where nobody may look at them", async () => {
    const isNode = ({ path }: SeenRequest) => path === "/api/v1/nodes/node-1";
    server.fail({ when: isNode, answer: 403 });
    assert.equal((await found())[0]?.cause, "crash");
    assert.equal(server.requests.filter(isNode).length, 1);
  });

  it("tells of one service why it is not ready, in one line", async () => {
    const why = (service: string) => whyNotReady(target(), { environment: "alice", service }, look());
    assert.equal(
      await why("bos"),
      "bos-web-1 crashes again and again: it ended with exit code 3 after 2.0 s, 4 restarts",
    );
    assert.equal(await why("fxsuite"), undefined);
  });
});
