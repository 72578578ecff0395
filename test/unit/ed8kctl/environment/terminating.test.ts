import assert from "node:assert/strict";
import { awaitNamespaceGone, heldBy } from "../../../../ed8kctl/environment/terminating.js";
import type { JsonObject } from "../../../../kube/manifest.js";
import { FakeApiServer } from "../../kube/fake-api-server.js";
import { live } from "../live/objects.js";

describe("a namespace that is being deleted", () => {
  let server: FakeApiServer;
  beforeEach(async () => {
    server = await FakeApiServer.start();
  });
  afterEach(() => server.stop());

  const held = (...conditions: JsonObject[]) => heldBy(live("Namespace alice", { status: { conditions } }));
  const condition = (type: string, message: string, status = "True"): JsonObject => ({ type, message, status });

  it("says what holds it, the finalizers before what they keep", () => {
    const content = condition("NamespaceContentRemaining", "Some resources are remaining: pods.");
    const finalizers = condition("NamespaceFinalizersRemaining", "Some content has finalizers remaining");
    assert.equal(held(content, finalizers), "Some content has finalizers remaining");
    assert.equal(held(content, { ...finalizers, status: "False" }), "Some resources are remaining: pods.");
    assert.equal(held(condition("NamespaceDeletionDiscoveryFailure", "metrics")), "Kubernetes does not say why");
    assert.equal(heldBy(live("Namespace alice")), "Kubernetes does not say why");
  });

  it("is waited for until it is gone", async () => {
    const client = server.client();
    await awaitNamespaceGone(client, "alice", {});
    server.put(live("Namespace alice"));
    setTimeout(() => server.remove({ apiVersion: "v1", kind: "Namespace", name: "alice" }), 100);
    await awaitNamespaceGone(client, "alice", {});
    assert.deepEqual(server.store.all(), []);
  });

  it("is waited for no longer than its time, which may have begun before", async () => {
    server.put(live("Namespace alice"));
    const started = Date.now();
    await assert.rejects(
      awaitNamespaceGone(server.client(), "alice", { timeoutMs: 60_000, since: Date.now() - 60_000 }),
      {
        name: "NamespaceHeldError",
        message: "the namespace alice is not gone after 60 s: Kubernetes does not say why",
      },
    );
    assert.ok(Date.now() - started < 5000);
  });

  it("is not waited for after an interruption", async () => {
    server.put(live("Namespace alice"));
    const reason = new Error("interrupted");
    const waiting = awaitNamespaceGone(server.client(), "alice", { signal: AbortSignal.abort(reason) });
    await assert.rejects(waiting, reason);
  });
});
