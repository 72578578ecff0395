import assert from "node:assert/strict";
import { isolationAttempts } from "../../../../ed8kctl/isolation/attempts.js";
import { NEIGHBOURS } from "./neighbours.js";

const attempts = isolationAttempts(NEIGHBOURS);

describe("attempts to cross", () => {
  it("are made at every boundary", () => {
    assert.deepEqual(
      attempts.map(({ boundary, actor, text }) => `${boundary}: ${actor}: ${text}`),
      [
        "secrets: owner: read all Secrets of bob",
        "secrets: owner: read one Secret of bob",
        "secrets: pod: read all Secrets of bob",
        "secrets: pod: read one Secret of bob",
        "writing: owner: create a ConfigMap in bob",
        "writing: owner: change a ConfigMap of bob",
        "writing: owner: delete a ConfigMap of bob",
        "writing: pod: create a ConfigMap in bob",
        "writing: pod: change a ConfigMap of bob",
        "writing: pod: delete a ConfigMap of bob",
        "pods: owner: exec into a pod of bob",
        "pods: owner: forward to a pod of bob",
        "labels: owner: make alice.smith the owner of bob",
        "labels: owner: take the label of an environment off alice",
        "labels: owner: allow privileged pods in alice",
        "labels: owner: label an object of alice as one of bob",
        "network: owner: open a LoadBalancer in alice",
        "network: owner: open a NodePort in alice",
        "network: owner: lead the gateway to bob by a Service in alice",
        "network: owner: take a host of bob by a route in alice",
        "nodes: owner: mount a folder of the node in alice",
        "nodes: owner: run a privileged pod in alice",
        "nodes: owner: run a pod in the node's network in alice",
        "quota: owner: run before the platform in alice",
        "quota: owner: ask for more than the quota in alice",
        "images: owner: run an image from anywhere in alice",
        "walls: owner: remove the quota of alice",
        "walls: owner: remove the limits of alice",
        "walls: owner: remove a network policy of alice",
        "walls: owner: raise the quota of alice",
        "walls: owner: let everybody into alice",
        "walls: pod: let everybody into alice",
        "rights: owner: bind the role cluster-admin in alice",
        "rights: pod: bind the role view in alice",
        "rights: owner: bind the role edit in bob",
        "rights: owner: bind the role ed8k:editor in bob",
        "rights: owner: bind the role ed8k:editor in kube-system",
        "cluster: owner: create a plain namespace",
        "cluster: owner: create an environment of another",
        "cluster: owner: delete the namespace bob",
        "cluster: owner: write where the shared Kafka runs",
        "rights: owner: bind cluster-admin for the whole cluster",
      ],
    );
  });

  it("change nothing, should one be let through: each that could is a dry run", () => {
    const harmful = attempts.filter(({ method, query, path }) => {
      const entersPod = /\/(exec|portforward)$/.test(path);
      return method !== "GET" && !entersPod && query?.["dryRun"] !== "All";
    });
    assert.deepEqual(harmful, []);
  });

  it("enter a pod that is there, and ask for more than the quota", () => {
    const exec = attempts.find(({ text }) => text.startsWith("exec into"));
    assert.deepEqual(
      [exec?.path, exec?.query],
      ["/api/v1/namespaces/bob/pods/bos-1/exec", { command: "true", stdout: "true" }],
    );
    const large = attempts.find(({ text }) => text.startsWith("ask for more"));
    assert.match(JSON.stringify(large?.body), /"requests":\{"cpu":"9","memory":"16Mi"\}/);
  });

  it("take a host by a route of the gateway too, where there is one", () => {
    const gateway = { namespace: "ed8k-gateway", name: "environments" };
    const all = isolationAttempts({ ...NEIGHBOURS, gateway });
    const added = all.filter(({ text }) => !attempts.some((known) => known.text === text));
    assert.deepEqual(
      added.map(({ text, path, query }) => [text, path, query]),
      [
        [
          "take a host of bob by a route of the gateway in alice",
          "/apis/gateway.networking.k8s.io/v1/namespaces/alice/httproutes",
          { dryRun: "All" },
        ],
      ],
    );
    assert.match(JSON.stringify(added[0]?.body), /"hostnames":\["probe--bob\.ed8k\.localhost"\]/);
  });

  it("leave out foreign images where every registry is allowed", () => {
    const all = isolationAttempts({ ...NEIGHBOURS, registriesLimited: false });
    assert.equal(all.length, attempts.length - 1);
    assert.equal(
      all.some(({ boundary }) => boundary === "images"),
      false,
    );
  });
});
