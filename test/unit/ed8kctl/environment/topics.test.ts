import assert from "node:assert/strict";
import { removeTopics } from "../../../../ed8kctl/environment/topics.js";
import { at, type LiveObject } from "../../../../kube/object.js";
import { FakeApiServer } from "../../kube/fake-api-server.js";
import { live } from "../live/objects.js";
import { writes } from "./fixtures.js";

const JOBS = "/apis/batch/v1/namespaces/ed8k-shared/jobs";
const REF = { apiVersion: "batch/v1", kind: "Job", name: "remove-topics-alice", namespace: "ed8k-shared" };
const FAILED = { status: { conditions: [{ type: "Failed", status: "True" }] } };

describe("removing an environment's topics", () => {
  let server: FakeApiServer;
  const jobs: LiveObject[] = [];
  beforeEach(async () => {
    server = await FakeApiServer.start();
    jobs.length = 0;
  });
  afterEach(() => server.stop());

  /** Plays the controller: every Job comes to this end. */
  function runJobs(end: Readonly<Record<string, unknown>>): void {
    server.store.subscribe(({ type, object }) => {
      if (type !== "ADDED") return;
      jobs.push(object);
      server.put({ ...object, ...end } as LiveObject);
    });
  }

  function remove(timeoutMs = 5000, signal = new AbortController().signal): Promise<void> {
    return removeTopics(server.client(), "alice", { bootstrap: "kafka:9092", images: [], signal, timeoutMs });
  }

  it("is done by a Job beside the broker, for exactly the topics of that environment", async () => {
    runJobs({ status: { succeeded: 1 } });
    await remove();
    const [container] = at(jobs[0]?.["spec"], "template", "spec", "containers") as unknown as { args: string[] }[];
    assert.deepEqual(container?.args, [
      "--bootstrap-server",
      "kafka:9092",
      "--delete",
      "--if-exists",
      "--topic",
      "alice\\..*",
    ]);
    assert.deepEqual(
      jobs.map(({ metadata }) => [metadata.namespace, metadata.name, metadata.labels]),
      [["ed8k-shared", "remove-topics-alice", { "ed8k.dev/env": "alice" }]],
    );
    assert.deepEqual(writes(server), [`DELETE ${JOBS}/${REF.name}`, `POST ${JOBS}`, `DELETE ${JOBS}/${REF.name}`]);
    assert.deepEqual(server.store.all(), []);
  });

  it("is done with the image that the cluster takes in place of Kafka's", async () => {
    runJobs({ status: { succeeded: 1 } });
    const images = [{ from: "docker.io/apache/kafka", to: "ed8k.local/kafka" }];
    const { signal } = new AbortController();
    await removeTopics(server.client(), "alice", { bootstrap: "kafka:9092", images, signal });
    const [container] = at(jobs[0]?.["spec"], "template", "spec", "containers") as unknown as { image: string }[];
    assert.equal(container?.image, "ed8k.local/kafka:4.1.0");
  });

  it("does not trust the Job of a run that was killed: topics may have been made since", async () => {
    server.put({
      ...live(
        "Job remove-topics-alice",
        { status: { succeeded: 1 } },
        { namespace: "ed8k-shared", finalizers: ["foregroundDeletion"] },
      ),
      apiVersion: "batch/v1",
    });
    runJobs({ status: { succeeded: 1 } });
    setTimeout(() => server.remove(REF), 300);
    await remove();
    assert.equal(jobs.length, 1);
  });

  it("fails at once when the Job has failed, says where it is told why, and leaves no Job", async () => {
    runJobs(FAILED);
    const started = Date.now();
    await assert.rejects(remove(60_000), {
      name: "UserError",
      message: "the topics are not removed: Job ed8k-shared/remove-topics-alice has failed",
      hint: "kubectl get events -n ed8k-shared --context fake tells why; then run the command again",
    });
    assert.ok(Date.now() - started < 5000);
    assert.deepEqual(server.store.all(), []);
  });

  it("fails when the Job does not end in time, or the run is interrupted", async () => {
    await assert.rejects(remove(300), {
      message: "the topics are not removed: Job ed8k-shared/remove-topics-alice has not ended",
    });
    const reason = new Error("interrupted");
    await assert.rejects(remove(5000, AbortSignal.abort(reason)), reason);
    assert.deepEqual(server.store.all(), []);
  });

  it("does not mind a Job that Kubernetes has cleaned up itself", async () => {
    runJobs({ status: { succeeded: 1 } });
    const isSecond = (path: string): boolean => path.endsWith(REF.name) && jobs.length === 1;
    server.fail({ when: ({ method, path }) => method === "DELETE" && isSecond(path), answer: 404, body: {} });
    await remove();
  });
});
