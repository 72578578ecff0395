import assert from "node:assert/strict";
import { environmentsOf, listEnvironments, requireEnvironment } from "../../../../ed8kctl/live/list.js";
import { FakeApiServer } from "../../kube/fake-api-server.js";
import { FACTS } from "./facts.js";
import { environmentNamespace, live } from "./objects.js";

describe("listing environments", () => {
  it("asks once, however many there are, and gives them by name [row 38]", async () => {
    const server = await FakeApiServer.start();
    try {
      const system = server.put(live("Namespace kube-system"));
      server.put(live("Namespace default"));
      for (const name of ["bob", "alice"]) server.put(environmentNamespace(name, name));
      const facts = { ...FACTS, uid: system.metadata.uid };
      const { environments } = await listEnvironments({ client: server.client(), facts });
      assert.deepEqual(
        environments.map(({ name }) => name),
        ["alice", "bob"],
      );
      assert.deepEqual(
        server.requests.map(({ method, path, query }) => ({ method, path, query })),
        [{ method: "GET", path: "/api/v1/namespaces", query: {} }],
      );
    } finally {
      await server.stop();
    }
  });

  it("refuses the answer of another cluster", async () => {
    const client = { request: () => Promise.resolve({ items: [live("Namespace kube-system", {}, { uid: "other" })] }) };
    await assert.rejects(listEnvironments({ client, facts: FACTS }), {
      message:
        'context "ed8k-sandbox" leads to another cluster than the one that stack dev was applied to: its kube-system has the uid other, recorded is uid-of-kube-system',
    });
  });

  it("reads an owner that is an e-mail address, which a label cannot hold as it is", () => {
    const [alice] = environmentsOf([environmentNamespace("alice", "ann.lee..example.com")]);
    assert.equal(alice?.owner, "ann.lee@example.com");
  });

  it("reads what a namespace says of its environment", () => {
    const [alice] = environmentsOf([environmentNamespace("alice", "alice.smith")]);
    assert.deepEqual(alice, {
      name: "alice",
      owner: "alice.smith",
      collaborators: ["bob", "carol"],
      profile: "full",
      size: "m",
      state: { name: "active", since: "2026-11-24T09:00:00Z" },
      created: "2026-11-24T09:00:00Z",
      summary: {
        services: [
          { name: "fxsuite", version: "0.1.0", hosts: ["fxsuite--alice.ed8k.localhost"] },
          { name: "bos", version: "0.2.0", hosts: [] },
        ],
        claims: [
          { service: "bos", name: "db", type: "postgres", driver: "in-cluster", physicalName: "bos--db" },
          { service: "bos", name: "jobs", type: "sqs-queue", physicalName: "alice--bos--jobs" },
        ],
      },
    });
  });

  it("lists what is not wholly labelled, and what a person wrote over, without falling over", () => {
    const labels = { "ed8k.dev/managed": "true", "ed8k.dev/env": "x" };
    for (const summary of ["", "{", "[]", "null", '{"services":1}']) {
      const found = environmentsOf([live("Namespace x", {}, { labels, annotations: { "ed8k.dev/summary": summary } })]);
      assert.deepEqual(found, [
        {
          name: "x",
          owner: "",
          collaborators: [],
          profile: "",
          size: "",
          state: { name: "active", since: "2026-11-24T09:00:00Z" },
          created: "2026-11-24T09:00:00Z",
        },
      ]);
    }
  });

  it("passes over namespaces that are no environments", () => {
    const managed = live("Namespace ed8k-shared", {}, { labels: { "ed8k.dev/managed": "true" } });
    const foreign = live("Namespace a", {}, { labels: { "ed8k.dev/managed": "false", "ed8k.dev/env": "a" } });
    assert.deepEqual(environmentsOf([live("Namespace default"), managed, foreign]), []);
  });

  it("says since when an environment is being deleted, and what holds it", () => {
    const namespace = environmentNamespace("alice", "alice", { deletionTimestamp: "2026-11-24T09:30:00Z" });
    const conditions = [
      { type: "NamespaceDeletionDiscoveryFailure", status: "False", message: "All resources discovered" },
      { type: "NamespaceContentRemaining", status: "True", message: "pods. has 1 resource instances" },
      { type: "NamespaceFinalizersRemaining", status: "True", message: "hold in 1 resource instances" },
    ];
    const [alice] = environmentsOf([{ ...namespace, status: { phase: "Terminating", conditions } }]);
    assert.deepEqual(alice?.state, {
      name: "deleting",
      since: "2026-11-24T09:30:00Z",
      reason: "hold in 1 resource instances",
    });
  });
});

describe("finding one environment", () => {
  const environments = environmentsOf([environmentNamespace("alice", "a"), environmentNamespace("bob", "b")]);

  it("gives it", () => {
    assert.equal(requireEnvironment("bob", environments).owner, "b");
  });

  it("suggests the one that was likely meant", () => {
    assert.throws(() => requireEnvironment("alcie", environments), {
      message: 'there is no environment "alcie"',
      hint: "did you mean alice?",
      exit: "notFound",
    });
  });

  it("tells how to see all where none is near", () => {
    assert.throws(() => requireEnvironment("preview", environments), {
      message: 'there is no environment "preview"',
      hint: "ed8kctl list --all shows those that there are; ed8kctl create preview makes it",
      exit: "notFound",
    });
  });
});
