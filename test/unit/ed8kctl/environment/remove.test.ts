import assert from "node:assert/strict";
import type { Receipt } from "../../../../ed8kctl/environment/receipt.js";
import { findEnvironment, removeEnvironment, type Remove } from "../../../../ed8kctl/environment/remove.js";
import { UNUSED } from "../../../../ed8kctl/engine/stacks.js";
import type { Target } from "../../../../ed8kctl/target.js";
import { UserError } from "../../../../errors.js";
import type { FakeApiServer } from "../../kube/fake-api-server.js";
import { errorOf } from "../../sandbox/scratch.js";
import { EMPTY, FakeStacks } from "../fake-stacks.js";
import { environmentNamespace, live } from "../live/objects.js";
import { BACKEND, FakeOutput, ownNamespace, runJobs, startCluster, writes } from "./fixtures.js";

const JOB = "/apis/batch/v1/namespaces/ed8k-shared/jobs";
const WITH_TOPIC = {
  "ed8k.dev/summary": '{"services":[],"claims":[{"type":"kafka-topic"}]}',
  "ed8k.dev/backend": BACKEND,
};

describe("removing an environment", () => {
  let server: FakeApiServer;
  let target: Target;
  let out: FakeOutput;
  beforeEach(async () => {
    ({ server, target } = await startCluster());
    out = new FakeOutput();
    runJobs(server);
    // A neighbour, of which nothing may be touched.
    server.put(ownNamespace("alice-2"));
    server.put(live("ConfigMap settings", {}, { namespace: "alice-2", labels: { "ed8k.dev/env": "alice-2" } }));
  });
  afterEach(async () => {
    assert.deepEqual(
      writes(server).filter((call) => call.includes("alice-2")),
      [],
    );
    await server.stop();
  });

  function argsOf(stacks: FakeStacks, timeoutMs = 10_000, signal = new AbortController().signal): Remove {
    return { target, stacks, environment: "alice", out, signal, timeoutMs };
  }

  async function remove(args: Remove): Promise<Receipt> {
    return removeEnvironment(args, await findEnvironment(args));
  }

  async function refused(work: Promise<unknown>): Promise<UserError> {
    const error = await errorOf(() => work);
    assert(error instanceof UserError, error.stack);
    return error;
  }

  it("removes resources, namespace, topics and the stack, in this order, and proves it", async () => {
    const stacks = new FakeStacks(BACKEND, { alice: {} });
    server.put(ownNamespace("alice", { annotations: WITH_TOPIC }));
    const receipt = await remove(argsOf(stacks));
    assert.deepEqual(receipt, {
      environment: "alice",
      checked: ["namespace", "objects of every kind with its label", "persistent volumes", "topics", "stack"],
      unseen: [],
      left: [],
    });
    assert.deepEqual(stacks.calls, ["destroy alice", "remove alice"]);
    assert.deepEqual(writes(server), [
      "DELETE /api/v1/namespaces/alice",
      `DELETE ${JOB}/remove-topics-alice`,
      `POST ${JOB}`,
      `DELETE ${JOB}/remove-topics-alice`,
    ]);
    const begun = out.steps.filter((step) => step.includes(" > ") && !step.includes(":"));
    assert.deepEqual(
      begun,
      ["namespace", "topics", "stack"].map((step) => `destroy alice > ${step}`),
    );
    assert.equal(out.steps.at(-1), "destroy alice: done");
  });

  it("removes topics whatever is found: one that was stopped since has left no trace but its topic", async () => {
    for (const stacks of [new FakeStacks(BACKEND), new FakeStacks(BACKEND, { alice: {} })]) {
      const posted = (): number => writes(server).filter((call) => call === `POST ${JOB}`).length;
      const before = posted();
      const receipt = await remove(argsOf(stacks));
      assert.equal(posted(), before + 1);
      assert.ok(receipt.checked.includes("topics"));
    }
  });

  it("keeps the spec when the engine fails", async () => {
    const spec = { "ed8k:owner": "carol", "ed8k:profile": "full" };
    const stacks = new FakeStacks(BACKEND, { alice: spec });
    stacks.onDestroy = () => {
      throw new UserError("forbidden");
    };
    await refused(remove(argsOf(stacks)));
    assert.deepEqual(await stacks.config("alice"), spec);
  });

  it("refuses where the engine would work through another context, or on a cluster stack that was never finished", async () => {
    const stacks = new FakeStacks(BACKEND, { alice: {} });
    stacks.records.set("alice", { ...EMPTY, context: "old" });
    assert.equal(
      (await refused(remove(argsOf(stacks)))).message,
      `alice was last changed through the context "old", but the cluster dev has the context "${target.facts.context}"`,
    );
    stacks.records.set("alice", { ...EMPTY, isCluster: true });
    assert.equal((await refused(remove(argsOf(stacks)))).message, "alice is a cluster stack, no environment");
    assert.deepEqual([stacks.calls, writes(server)], [[], []]);
  });

  it("leaves a namespace alone that was made anew while it ran", async () => {
    const stacks = new FakeStacks(BACKEND, { alice: {} });
    server.put(ownNamespace("alice"));
    stacks.onDestroy = () => {
      server.remove({ apiVersion: "v1", kind: "Namespace", name: "alice" });
      server.put(ownNamespace("alice", { uid: "made-anew" }));
      return { delete: 1 };
    };
    const receipt = await remove(argsOf(stacks));
    assert.deepEqual(
      writes(server).filter((call) => call.endsWith("/namespaces/alice")),
      [],
    );
    assert.deepEqual(
      receipt.left.map(({ what }) => what),
      ["Namespace alice"],
    );
  });

  it("removes a namespace without a stack", async () => {
    const stacks = new FakeStacks(BACKEND);
    server.put(ownNamespace("alice"));
    assert.deepEqual((await remove(argsOf(stacks))).left, []);
    assert.deepEqual(stacks.calls, []);
  });

  it("removes a stack without a namespace, and topics that it may have made", async () => {
    const stacks = new FakeStacks(BACKEND, { alice: UNUSED });
    assert.deepEqual((await remove(argsOf(stacks))).left, []);
    assert.deepEqual(stacks.calls, ["destroy alice", "remove alice"]);
    assert.deepEqual(
      writes(server).filter((call) => call.startsWith("POST")),
      [`POST ${JOB}`],
    );
  });

  it("is done where nothing is there", async () => {
    const stacks = new FakeStacks(BACKEND);
    assert.deepEqual((await remove(argsOf(stacks))).left, []);
    assert.deepEqual(stacks.calls, []);
    assert.deepEqual([...new Set(writes(server).map((call) => call.split("/")[1]))], ["apis"]);
  });

  it("goes on where the namespace goes while it is asked to", async () => {
    const stacks = new FakeStacks(BACKEND);
    server.put(ownNamespace("alice"));
    const gone = { apiVersion: "v1", kind: "Namespace", name: "alice" };
    server.fail({ when: ({ method }) => method === "DELETE", answer: 404, body: { reason: "NotFound" } });
    const args = argsOf(stacks);
    const found = await findEnvironment(args);
    const remove = target.client.delete.bind(target.client);
    target.client.delete = async (ref, options) => {
      if (ref.kind === "Namespace") server.remove(gone);
      return remove(ref, options);
    };
    assert.deepEqual((await removeEnvironment(args, found)).left, []);
  });

  it("tells what holds a namespace that does not go in time, and keeps the stack for the next try", async () => {
    const stacks = new FakeStacks(BACKEND, { alice: {} });
    const held = "Some content in the namespace has finalizers remaining: example.com/hold in 1 resource instances";
    const conditions = [{ type: "NamespaceFinalizersRemaining", status: "True", message: held }];
    server.put({ ...ownNamespace("alice", { finalizers: ["hold"] }), status: { conditions } });
    stacks.onDestroy = async (_, { signal }) => {
      await new Promise((done) => signal?.addEventListener("abort", done));
      throw new UserError("interrupted", { exit: "interrupted" });
    };
    const started = Date.now();
    const { left } = await remove(argsOf(stacks, 1500));
    assert.deepEqual(left, [
      {
        what: "Namespace alice",
        why: `is being deleted; ${held}`,
        remove: "kubectl delete namespace alice --context fake",
      },
      { what: "stack alice", remove: "ed8kctl destroy alice --yes" },
    ]);
    assert.equal(out.steps.at(-1), "destroy alice: failed");
    assert.deepEqual(stacks.calls, ["destroy alice"]);
    assert.ok(Date.now() - started < 2700, "the time was given twice");
  });

  it("ends at once when it is interrupted, and keeps the stack", async () => {
    const stacks = new FakeStacks(BACKEND, { alice: {} });
    const controller = new AbortController();
    stacks.onDestroy = () => {
      controller.abort();
      throw new UserError("interrupted", { exit: "interrupted" });
    };
    assert.equal((await refused(remove(argsOf(stacks, 10_000, controller.signal)))).exit, "interrupted");
    assert.deepEqual(stacks.calls, ["destroy alice"]);
    assert.deepEqual(writes(server), []);
  });

  it("keeps the stack when the engine fails", async () => {
    const stacks = new FakeStacks(BACKEND, { alice: {} });
    stacks.onDestroy = () => {
      throw new UserError("alice is busy", { exit: "busy" });
    };
    assert.equal((await refused(remove(argsOf(stacks)))).exit, "busy");
    assert.deepEqual([...stacks.configs.keys()], ["alice"]);
    assert.equal(out.steps.at(-1), "destroy alice: failed");
  });

  it("touches nothing of a foreign namespace, another backend's, another cluster's or a cluster's stack", async () => {
    const cases: readonly (readonly [
      namespace: Parameters<FakeApiServer["put"]>[0] | undefined,
      stacks: FakeStacks,
    ])[] = [
      [live("Namespace alice"), new FakeStacks(BACKEND, { alice: {} })],
      [
        environmentNamespace("alice", "alice", { annotations: { "ed8k.dev/backend": "s3://theirs" } }),
        new FakeStacks(BACKEND),
      ],
      [undefined, new FakeStacks(BACKEND, { alice: { "ed8k:cluster": "second" } })],
      [undefined, new FakeStacks(BACKEND, { alice: { "ed8k:kind": "cluster" } })],
    ];
    const messages: string[] = [];
    for (const [namespace, stacks] of cases) {
      if (namespace !== undefined) server.put(namespace);
      messages.push((await refused(remove(argsOf(stacks)))).message);
      assert.deepEqual(stacks.calls, []);
      if (namespace !== undefined) server.remove({ apiVersion: "v1", kind: "Namespace", name: "alice" });
    }
    assert.deepEqual(messages, [
      "the cluster has a namespace alice that is no environment; nothing of it is touched",
      "the environment alice is kept in the backend s3://theirs, not in file:///state",
      "the environment alice is on the cluster second, not on dev",
      "alice is a cluster stack, no environment",
    ]);
    assert.deepEqual(writes(server), []);
  });
});
