import assert from "node:assert/strict";
import { receiptText, takeReceipt } from "../../../../ed8kctl/environment/receipt.js";
import type { Target } from "../../../../ed8kctl/target.js";
import type { FakeApiServer } from "../../kube/fake-api-server.js";
import { kind } from "../../kube/fake/kinds.js";
import { FakeStacks } from "../fake-stacks.js";
import { live } from "../live/objects.js";
import { BACKEND, ownNamespace, startCluster, writes } from "./fixtures.js";

const CHECKED = ["namespace", "objects of every kind with its label", "persistent volumes", "stack"];

describe("the receipt of a deletion", () => {
  let server: FakeApiServer;
  let target: Target;
  beforeEach(async () => {
    ({ server, target } = await startCluster());
    server.kinds.push(kind("example.com/v1 Vault", "vaults", false));
    server.put(ownNamespace("alice-2"));
    const labels = { "ed8k.dev/env": "alice-2" };
    server.put(live("PersistentVolume pvc-2", { spec: { claimRef: { namespace: "alice-2" } } }));
    server.put({ ...live("Vault theirs", {}, { labels }), apiVersion: "example.com/v1" });
  });
  afterEach(async () => {
    assert.deepEqual(writes(server), []);
    await server.stop();
  });

  const take = (stacks = new FakeStacks(BACKEND)) =>
    takeReceipt({ client: target.client, stacks, environment: "alice", topicsRemoved: false });

  it("tells that nothing is left, and where it was looked", async () => {
    const receipt = await take();
    assert.deepEqual(receipt, { environment: "alice", checked: CHECKED, unseen: [], left: [] });
    assert.equal(
      receiptText(receipt),
      "alice is gone: 0 left (looked for: namespace, objects of every kind with its label, persistent volumes, stack)",
    );
  });

  it("tells leftovers of every kind, why they are there and how they go, on the right cluster", async () => {
    const labels = { "ed8k.dev/env": "alice" };
    const held = "Some resources are remaining: pods. has 1 resource instances";
    server.put({
      ...ownNamespace("alice", { deletionTimestamp: "2026-11-24T12:00:00Z" }),
      status: { conditions: [{ type: "NamespaceContentRemaining", status: "True", message: held }] },
    });
    server.put(
      live("PersistentVolume pvc-1", { spec: { claimRef: { namespace: "alice" } }, status: { phase: "Released" } }),
    );
    server.put({
      ...live("Job remove-topics-alice", {}, { namespace: "ed8k-shared", labels }),
      apiVersion: "batch/v1",
    });
    server.put({ ...live("Vault ours", {}, { labels }), apiVersion: "example.com/v1" });
    const receipt = await take(new FakeStacks(BACKEND, { alice: {} }));
    assert.deepEqual(receipt.left, [
      {
        what: "Namespace alice",
        why: `is being deleted; ${held}`,
        remove: "kubectl delete namespace alice --context fake",
      },
      {
        what: "PersistentVolume pvc-1",
        why: "Released",
        remove: "kubectl delete persistentvolume pvc-1 --context fake",
      },
      {
        what: "Job ed8k-shared/remove-topics-alice",
        remove: "kubectl delete job remove-topics-alice -n ed8k-shared --context fake",
      },
      { what: "Vault ours", remove: "kubectl delete vault ours --context fake" },
      { what: "stack alice", remove: "ed8kctl destroy alice --yes" },
    ]);
    const [head, first, how] = receiptText(receipt).split("\n");
    assert.match(head ?? "", /^alice: 5 left \(looked for: /);
    assert.equal(first, `  Namespace alice: is being deleted; ${held}`);
    assert.equal(how, "    kubectl delete namespace alice --context fake");
  });

  it("does not claim to have seen what this user may not see, and passes over kinds that have just gone", async () => {
    const answer = (plural: string, status: number): void =>
      server.fail({
        when: ({ path, query }) => path.endsWith(`/${plural}`) && "limit" in query,
        answer: status,
        times: 9,
      });
    answer("secrets", 403);
    answer("persistentvolumes", 403);
    answer("vaults", 404);
    answer("nodes", 405);
    const receipt = await take();
    assert.deepEqual([receipt.unseen, receipt.left], [["PersistentVolume", "Secret"], []]);
    assert.match(receiptText(receipt), /^alice is gone: 0 left \(.*stack; not looked at: PersistentVolume, Secret\)$/);
  });

  it("is given without the kinds that a broken API server does not list", async () => {
    server.fail({ when: ({ path }) => path === "/api/v1/secrets", answer: 500 });
    assert.deepEqual((await take()).unseen, ["Secret"]);
  });
});
