import assert from "node:assert/strict";
import { findingsText } from "../../../../ed8kctl/commands/prove-isolation.js";
import { readNeighbours, requireStrangers } from "../../../../ed8kctl/isolation/neighbours.js";
import { networkReport } from "../../../../ed8kctl/isolation/network-report.js";
import { actorsOf, proveIsolation, type Requester } from "../../../../ed8kctl/isolation/prove.js";
import { environmentsOf } from "../../../../ed8kctl/live/list.js";
import { KubeError } from "../../../../kube/errors.js";
import { FakeApiServer } from "../../kube/fake-api-server.js";
import { kind } from "../../kube/fake/kinds.js";
import { FACTS } from "../live/facts.js";
import { environmentNamespace, live } from "../live/objects.js";
import { NEIGHBOURS } from "./neighbours.js";

const signal = new AbortController().signal;
const forbidden = new KubeError(403, { message: 'User "x" cannot do resource "y"', reason: "Forbidden" });
const CONTROL = "POST /api/v1/namespaces/alice/configmaps";
const REVIEW = "POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews";

/** Allows what owners may do, and whatever `isOpen` names. */
function requester(isOpen: (call: string, body: unknown) => boolean = () => false): Requester {
  return {
    request(method, path, { body } = {}) {
      const call = `${method} ${path}`;
      if (call === REVIEW) return Promise.resolve({ status: { allowed: isOpen(call, body) } });
      const isControl = call === CONTROL && !JSON.stringify(body).includes("ed8k.dev/env");
      return isControl || isOpen(call, body) ? Promise.resolve({}) : Promise.reject(forbidden);
    },
  };
}

describe("proving isolation", () => {
  it("finds every attempt refused, where it is", async () => {
    const findings = await proveIsolation(NEIGHBOURS, { owner: requester(), pod: requester() }, signal);
    assert.equal(findings.length, 43);
    assert.deepEqual([...new Set(findings.map(({ outcome }) => outcome))], ["refused"]);
  });

  it("finds what gets through", async () => {
    const owner = requester((call) => call === "GET /api/v1/namespaces/bob/secrets" || call === REVIEW);
    const findings = await proveIsolation(NEIGHBOURS, { owner, pod: requester() }, signal);
    assert.deepEqual(
      findings.filter(({ outcome }) => outcome !== "refused"),
      [
        {
          boundary: "secrets",
          text: "read all Secrets of bob",
          actor: "owner",
          outcome: "let through",
          said: "it was accepted",
        },
        {
          boundary: "rights",
          text: "act as somebody else",
          actor: "owner",
          outcome: "let through",
          said: "the API server would allow it",
        },
      ],
    );
  });

  it("proves nothing by refusals that have another cause", async () => {
    const nobody: Requester = { request: () => Promise.reject(forbidden) };
    await assert.rejects(proveIsolation(NEIGHBOURS, { owner: nobody, pod: nobody }, signal), {
      message: "nothing can be proved: alice.smith cannot even work in the own environment alice (refused by RBAC)",
    });
    const impersonation = new KubeError(403, { message: 'User "me" cannot impersonate resource "users"' });
    const me: Requester = { request: () => Promise.reject(impersonation) };
    await assert.rejects(proveIsolation(NEIGHBOURS, { owner: me, pod: me }, signal), {
      message: "you may not act as somebody else on this cluster, so nothing can be proved",
    });
  });

  it("hands on what is no answer", async () => {
    const broken: Requester = { request: () => Promise.reject(new Error("cut")) };
    await assert.rejects(proveIsolation(NEIGHBOURS, { owner: broken, pod: broken }, signal), { message: "cut" });
  });
});

describe("neighbours", () => {
  let server: FakeApiServer;
  beforeEach(async () => {
    server = await FakeApiServer.start();
    server.kinds.push(kind("networking.k8s.io/v1 NetworkPolicy", "networkpolicies"));
    for (const name of ["alice", "bob"]) server.put(environmentNamespace(name, name));
  });
  afterEach(() => server.stop());

  it("are read from the cluster", async () => {
    server.put(live("Namespace carol", {}, { ...environmentNamespace("carol", "carol").metadata, annotations: {} }));
    server.put(live("Pod bos-1", {}, { namespace: "carol" }));
    server.put(live("ResourceQuota q", { spec: { hard: { "requests.cpu": "4" } } }, { namespace: "alice" }));
    const target = { client: server.client(), facts: { ...FACTS, allowedRegistries: ["docker.io/"] } };
    assert.deepEqual(await readNeighbours(target, { from: "alice", to: "carol", signal }), {
      from: "alice",
      fromOwner: "alice",
      to: "carol",
      toPod: "bos-1",
      domain: "ed8k.localhost",
      ingressClass: "ed8k",
      cores: 4,
      registriesLimited: true,
    });
  });

  it("must not be environments of one person, nor shared ones", () => {
    const [alice, alice2, bob] = environmentsOf([
      environmentNamespace("alice", "alice"),
      environmentNamespace("alice-2", "alice"),
      environmentNamespace("bob", "bob"),
    ]);
    assert.ok(alice !== undefined && alice2 !== undefined && bob !== undefined);
    assert.throws(() => requireStrangers(alice, alice2), {
      message: "alice owns both, so nothing keeps alice from alice-2",
      exit: "usage",
    });
    assert.throws(() => requireStrangers(bob, alice), {
      message: "bob is a collaborator of alice, so nothing keeps bob from alice",
    });
    requireStrangers(alice, bob);
  });

  it("act with their own rights, as their owner and as their pods", async () => {
    const actors = actorsOf(NEIGHBOURS, server.client());
    await actors.owner.request("GET", "/api/v1/nodes");
    await actors.pod.request("GET", "/api/v1/nodes");
    assert.deepEqual(
      server.requests.map(({ headers }) => [headers["impersonate-user"], headers["impersonate-group"]]),
      [
        ["ed8k:alice.smith", "ed8k:developers"],
        ["system:serviceaccount:alice:default", "system:serviceaccounts, system:serviceaccounts:alice"],
      ],
    );
  });

  it("are told how far their network is proved", async () => {
    const policy = (namespace: string) =>
      server.put({ apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", metadata: { name: "deny", namespace } });
    policy("alice");
    server.put(live("Node n", {}, { labels: { "ed8k.dev/nodes": "simulated" } }));
    assert.deepEqual(await networkReport(server.client(), ["alice", "bob"], signal), {
      findings: [
        {
          boundary: "network",
          text: "send packets to bob",
          actor: "pod",
          outcome: "let through",
          said: "bob has no NetworkPolicy",
        },
      ],
      remarks: [
        "network policies: 1 in alice, 0 in bob",
        "The nodes are simulated: network policies are recorded, but no packet is sent and none is stopped.",
      ],
    });
    server.put(live("Node r", {}, { labels: { "ed8k.dev/nodes": "real" } }));
    const { remarks } = await networkReport(server.client(), ["alice", "bob"], signal);
    assert.deepEqual(remarks.slice(1), [
      "The nodes are simulated: network policies are recorded, but no packet is sent and none is stopped.",
      "The sandbox's real node does not enforce network policies: pods of other environments are reached.",
    ]);
    policy("bob");
    server.remove({ apiVersion: "v1", kind: "Node", name: "r" });
    server.remove({ apiVersion: "v1", kind: "Node", name: "n" });
    assert.deepEqual(await networkReport(server.client(), ["alice", "bob"], signal), {
      findings: [],
      remarks: [
        "network policies: 1 in alice, 1 in bob",
        "Whether packets are stopped depends on the network plugin of the nodes; this was not tried.",
      ],
    });
  });

  it("get a table of what was tried", () => {
    const text = findingsText(
      [
        { boundary: "secrets", text: "read", actor: "owner", outcome: "refused", by: "RBAC" },
        { boundary: "nodes", text: "mount", actor: "pod", outcome: "let through", said: "it was accepted" },
      ],
      ["a remark"],
    );
    assert.equal(
      text,
      `   BOUNDARY  ATTEMPT      REFUSED BY
✓  secrets   owner: read  RBAC
✗  nodes     pod: mount   LET THROUGH: it was accepted

a remark
1 of 2 attempts were refused`,
    );
  });
});
