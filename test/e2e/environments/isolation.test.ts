import assert from "node:assert/strict";
import { KubeError } from "../../../kube/errors.js";
import type { KubeClient } from "../../../kube/client.js";
import type { Manifest } from "../../../kube/manifest.js";
import { GROUPS, userName } from "../../../naming.js";
import { OwnCluster } from "./own-cluster.js";

/** How the API server answers: done, or why not in a word or two. */
async function outcome(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt;
    return "done";
  } catch (error) {
    if (error instanceof KubeError) return `${error.status} ${error.message}`;
    throw error;
  }
}

const configMap = (namespace: string, name: string): Manifest => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name, namespace },
  data: { key: "value" },
});
const service = (type: string): Manifest => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "door", namespace: "alice" },
  spec: { type, selector: { app: "x" }, ports: [{ port: 80 }] },
});
const workload = (pod: Record<string, unknown>): Manifest => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "mine", namespace: "alice" },
  spec: {
    selector: { matchLabels: { app: "mine" } },
    template: {
      metadata: { labels: { app: "mine" } },
      spec: { containers: [{ name: "main", image: "docker.io/library/busybox:1.37.0" }], ...pod } as never,
    },
  },
});

describe("the isolation of environments", () => {
  const cluster = new OwnCluster();
  before(async () => {
    await cluster.start();
    await cluster.must("create", "alice", "--profile", "full", "--owner", "alice", "--collaborator", "carl");
    await cluster.must("create", "bob", "--profile", "full", "--owner", "bob");
  });
  after(() => cluster.remove());

  const as = (person: string): KubeClient =>
    cluster.client.impersonating(userName(person), [GROUPS.developers, "system:authenticated"]);

  it("two environments with the whole catalogue share no name but those of each namespace's own [rows 30, 60]", async () => {
    const volumes = (await cluster.client.list({ apiVersion: "v1", kind: "PersistentVolume" })).items;
    const places = volumes.map(({ metadata, spec }) => `${metadata.name} ${JSON.stringify(spec).includes('"alice"')}`);
    assert.equal(new Set(places).size, volumes.length);
    const hosts = async (name: string): Promise<readonly string[]> => {
      const { items } = await cluster.client.list({
        apiVersion: "networking.k8s.io/v1",
        kind: "Ingress",
        namespace: name,
      });
      return items.flatMap(({ spec }) => /"host":"([^"]+)"/.exec(JSON.stringify(spec))?.[1] ?? []).sort();
    };
    const [alice, bob] = await Promise.all([hosts("alice"), hosts("bob")]);
    assert.deepEqual(
      alice,
      ["bos", "fxsuite", "mailbox"].map((name) => `${name}--alice.ed8k.localhost`),
    );
    assert.deepEqual(
      bob,
      ["bos", "fxsuite", "mailbox"].map((name) => `${name}--bob.ed8k.localhost`),
    );
    const topics = async (name: string): Promise<readonly string[]> =>
      (await cluster.client.list({ apiVersion: "batch/v1", kind: "Job", namespace: name })).items.flatMap(
        ({ spec }) => /"--topic","([^"]+)"/.exec(JSON.stringify(spec))?.[1] ?? [],
      );
    assert.deepEqual([...new Set(await topics("alice"))], ["alice.deals"]);
    assert.deepEqual([...new Set(await topics("bob"))], ["bob.deals"]);
  });

  it("the owner and a collaborator do their work [row 95]", async () => {
    for (const person of ["alice", "carl"]) {
      const own = as(person);
      const name = `of-${person}`;
      await own.create(configMap("alice", name));
      await own.patch({ ...refTo("ConfigMap", "alice", name) }, { data: { key: "other" } });
      await own.delete(refTo("ConfigMap", "alice", name));
      assert.ok((await own.list({ apiVersion: "v1", kind: "Secret", namespace: "alice" })).items.length > 0);
      await own.patch(
        { apiVersion: "apps/v1", kind: "Deployment", namespace: "alice", name: "bos-web", subresource: "scale" },
        { spec: { replicas: 1 } },
      );
    }
  });

  it("another developer sees the environment, but not its Secrets [row 95]", async () => {
    const bob = as("bob");
    assert.ok((await bob.list({ apiVersion: "v1", kind: "Pod", namespace: "alice" })).items.length > 0);
    assert.match(
      await outcome(bob.list({ apiVersion: "v1", kind: "Secret", namespace: "alice" })),
      /^403 secrets is forbidden: User "ed8k:bob" cannot list/,
    );
    assert.match(await outcome(bob.get(refTo("Secret", "alice", "fxsuite-bindings"))), /^403/);
  });

  it("another developer writes nothing there, even where RBAC was opened by mistake [rows 95, 98]", async () => {
    const bob = as("bob");
    assert.match(await outcome(bob.create(configMap("alice", "x"))), /^403 configmaps is forbidden: User "ed8k:bob"/);
    assert.match(await outcome(bob.delete({ apiVersion: "v1", kind: "Namespace", name: "alice" })), /^403/);
    await cluster.client.create({
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "RoleBinding",
      metadata: { name: "mistake", namespace: "alice" },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "ed8k:editor" },
      subjects: [{ kind: "User", apiGroup: "rbac.authorization.k8s.io", name: userName("bob") }],
    });
    await until403(() => outcome(bob.create(configMap("alice", "x"))), /the environment alice is that of ed8k:alice/);
    await cluster.client.delete({
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "RoleBinding",
      namespace: "alice",
      name: "mistake",
    });
  });

  it("nobody relabels an environment or what is in it", async () => {
    const alice = as("alice");
    const relabel = { metadata: { labels: { "ed8k.dev/owner": "bob", "ed8k.dev/env": "bob" } } };
    assert.match(await outcome(alice.patch({ apiVersion: "v1", kind: "Namespace", name: "alice" }, relabel)), /^403/);
    assert.match(
      await outcome(
        alice.patch({ apiVersion: "apps/v1", kind: "Deployment", namespace: "alice", name: "bos-web" }, relabel),
      ),
      /labels that begin with ed8k\.dev\/ cannot be changed/,
    );
  });

  for (const type of ["LoadBalancer", "NodePort"]) {
    it(`the owner makes no ${type}`, async () => {
      assert.match(
        await outcome(as("alice").create(service(type))),
        new RegExp(`a Service of type ${type} is not allowed in an environment`),
      );
    });
  }

  it("the owner reaches no node: no hostPath, no host network, no privileged pod", async () => {
    const alice = as("alice");
    const hostPath = { volumes: [{ name: "node", hostPath: { path: "/" } }] };
    assert.match(await outcome(alice.create(workload(hostPath))), /hostPath volumes are not allowed/);
    const pod = (spec: Record<string, unknown>): Manifest => ({
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "mine", namespace: "alice" },
      spec: { containers: [{ name: "main", image: "docker.io/library/busybox:1.37.0" }], ...spec },
    });
    assert.match(await outcome(alice.create(pod({ hostNetwork: true }))), /violates PodSecurity "baseline/);
    const privileged = [
      { name: "main", image: "docker.io/library/busybox:1.37.0", securityContext: { privileged: true } },
    ];
    assert.match(await outcome(alice.create(pod({ containers: privileged }))), /violates PodSecurity "baseline/);
  });

  it("the owner exceeds no quota and cannot lift it", async () => {
    const alice = as("alice");
    const resources = { requests: { cpu: "9", memory: "1Gi" }, limits: { memory: "1Gi" } };
    const greedy: Manifest = {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "greedy", namespace: "alice" },
      spec: { containers: [{ name: "main", image: "docker.io/library/busybox:1.37.0", resources }] },
    };
    assert.match(await outcome(alice.create(greedy)), /exceeded quota: \S+, requested: requests\.cpu=9/);
    const quotas = await cluster.client.list({ apiVersion: "v1", kind: "ResourceQuota", namespace: "alice" });
    const names = quotas.items.map(({ metadata }) => metadata.name);
    assert.equal(names.length, 1);
    const quota = refTo("ResourceQuota", "alice", names[0] ?? "");
    assert.match(await outcome(alice.patch(quota, { spec: { hard: { "requests.cpu": "100" } } })), /^403/);
    assert.match(await outcome(alice.delete(quota)), /^403/);
  });

  it("the owner takes no other environment's host", async () => {
    const route = (host: string): Manifest => ({
      apiVersion: "networking.k8s.io/v1",
      kind: "Ingress",
      metadata: { name: "thief", namespace: "alice" },
      spec: {
        rules: [
          {
            host,
            http: {
              paths: [
                { path: "/", pathType: "Prefix", backend: { service: { name: "bos-web", port: { number: 80 } } } },
              ],
            },
          },
        ],
      },
    });
    const alice = as("alice");
    assert.match(
      await outcome(alice.create(route("fxsuite--bob.ed8k.localhost"))),
      /every host must end in --alice\.ed8k\.localhost/,
    );
    assert.equal(await outcome(alice.create(route("other--alice.ed8k.localhost"))), "done");
  });

  it("prove-isolation finds every boundary closed, in both directions [rows 95, 98]", async () => {
    for (const [a, b] of [
      ["alice", "bob"],
      ["bob", "alice"],
    ] as const) {
      const { code, stdout, stderr } = await cluster.ed8kctl("prove-isolation", a, b);
      assert.equal(code, 0, stdout + stderr);
    }
  });

  function refTo(kind: string, namespace: string, name: string) {
    return { apiVersion: "v1", kind, namespace, name };
  }

  /** RBAC takes a moment to be seen by the API server. */
  async function until403(attempt: () => Promise<string>, words: RegExp): Promise<void> {
    let seen = "";
    for (const deadline = Date.now() + 20_000; Date.now() < deadline;) {
      seen = await attempt();
      if (words.test(seen)) return;
    }
    assert.match(seen, words);
  }
});
