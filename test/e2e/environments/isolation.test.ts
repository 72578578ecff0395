import assert from "node:assert/strict";
import type { KubeClient } from "../../../kube/client.js";
import type { Manifest } from "../../../kube/manifest.js";
import { GROUPS, userName } from "../../../naming.js";
import { namesOf } from "./names-of.js";
import { eventually, outcome } from "./outcomes.js";
import { OwnCluster } from "./own-cluster.js";

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
    const whole = ["--profile", "full", "--start", "kafka-ui"];
    await cluster.must("create", "alice", ...whole, "--owner", "alice", "--collaborator", "carl");
    await cluster.must("create", "bob", ...whole, "--owner", "bob");
  });
  after(() => cluster.remove());

  const as = (person: string): KubeClient =>
    cluster.client.impersonating(userName(person), [GROUPS.developers, "system:authenticated"]);

  it("two environments with the whole catalogue share no name but those of each namespace's own [rows 30, 60]", async () => {
    const [alice, bob] = await Promise.all([namesOf(cluster.client, "alice"), namesOf(cluster.client, "bob")]);
    const services = ["bos", "fxsuite", "kafka-ui", "mailbox"];
    for (const [name, { hosts, topics, volumes, passwords }] of [
      ["alice", alice],
      ["bob", bob],
    ] as const) {
      assert.deepEqual(
        hosts,
        services.map((service) => `${service}--${name}.ed8k.localhost`),
      );
      assert.deepEqual(topics, [`${name}.deals`, `${name}.ping`]);
      assert.equal(volumes.length, 3);
      assert.equal(passwords.length, 2);
    }
    // In the namespaces themselves all is called the same: charts need not know where they are.
    assert.deepEqual(alice.own, bob.own);
    const shared = (["hosts", "topics", "volumes", "passwords"] as const).flatMap((kind) =>
      alice[kind].filter((name) => bob[kind].includes(name)),
    );
    assert.deepEqual(shared, []);
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
    await eventually(() => outcome(bob.create(configMap("alice", "x"))), /the environment alice is that of ed8k:alice/);
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
    const route = (host: string, annotations: Record<string, string> = {}): Manifest => ({
      apiVersion: "networking.k8s.io/v1",
      kind: "Ingress",
      metadata: { name: "thief", namespace: "alice", annotations },
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
    for (const key of ["nginx.ingress.kubernetes.io/server-alias", "nginx.ingress.kubernetes.io/server-snippet"]) {
      const adding = route("other--alice.ed8k.localhost", { [key]: "fxsuite--bob.ed8k.localhost" });
      assert.match(
        await outcome(alice.create(adding)),
        /annotations that add hosts .*ingress\.kubernetes\.io\/server-/,
      );
    }
    assert.equal(await outcome(alice.create(route("other--alice.ed8k.localhost"))), "done");
  });

  it("the owner gives no Service another environment's name, and no pod a place before the platform", async () => {
    const alice = as("alice");
    const named = (externalName: string): Manifest => ({
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "other", namespace: "alice" },
      spec: { type: "ExternalName", externalName },
    });
    const make = (manifest: Manifest): Promise<string> => outcome(alice.create(manifest, { dryRun: true }));
    for (const host of ["fxsuite.bob.svc.cluster.local", "fxsuite.bob.svc", "10.1.2.3", "kubernetes.default.svc."]) {
      assert.match(await make(named(host)), /a Service stands for one of the environment or for a host/, host);
    }
    for (const host of ["fxsuite.alice.svc.cluster.local", "api.example.com"]) {
      assert.equal(await make(named(host)), "done", host);
    }
    for (const priorityClassName of ["ed8k-platform", "system-node-critical"]) {
      assert.match(await make(workload({ priorityClassName })), /a priority class in an environment is one of/);
    }
    assert.equal(await make(workload({ priorityClassName: "ed8k-preview" })), "done");
  });

  it("prove-isolation finds a boundary that was opened by hand [rows 95, 98]", async () => {
    await cluster.client.create({
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "RoleBinding",
      metadata: { name: "mistake", namespace: "bob" },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "ed8k:editor" },
      subjects: [{ kind: "User", apiGroup: "rbac.authorization.k8s.io", name: userName("alice") }],
    });
    await eventually(() => outcome(as("alice").list({ apiVersion: "v1", kind: "Secret", namespace: "bob" })), /^done/);
    const { code, stdout } = await cluster.ed8kctl("prove-isolation", "alice", "bob");
    assert.equal(code, 1);
    assert.match(stdout, /✗ +secrets +owner: read all Secrets of bob +LET THROUGH/);
    await cluster.client.delete({
      ...refTo("RoleBinding", "bob", "mistake"),
      apiVersion: "rbac.authorization.k8s.io/v1",
    });
    await eventually(() => outcome(as("alice").list({ apiVersion: "v1", kind: "Secret", namespace: "bob" })), /^403/);
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
});
