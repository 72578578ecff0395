import assert from "node:assert/strict";
import { kafkaTopicsPod } from "../../../environments/resources/kafka-topic.js";
import type { KubeClient } from "../../../kube/client.js";
import type { Manifest } from "../../../kube/manifest.js";
import { GROUPS, userName } from "../../../naming.js";
import { type Developer, developerOn } from "./developer.js";
import { eventually, outcome } from "./outcomes.js";
import { OwnCluster } from "./own-cluster.js";

const RBAC = "rbac.authorization.k8s.io";

const namespace = (name: string, labels: Record<string, string>): Manifest => ({
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { name, labels },
});
const environment = (name: string, owner: string, labels: Record<string, string> = {}): Manifest =>
  namespace(name, {
    "ed8k.dev/managed": "true",
    "ed8k.dev/env": name,
    "ed8k.dev/owner": owner,
    "pod-security.kubernetes.io/enforce": "baseline",
    ...labels,
  });
const mineIn = (place: string): Manifest["metadata"] => ({ name: "mine", namespace: place });
const bindingOf = (role: string, place: string): Manifest => ({
  apiVersion: `${RBAC}/v1`,
  kind: "RoleBinding",
  metadata: mineIn(place),
  roleRef: { apiGroup: RBAC, kind: "ClusterRole", name: role },
  subjects: [{ apiGroup: RBAC, kind: "User", name: "ed8k:zoe" }],
});
const openPolicy = (place: string): Manifest => ({
  apiVersion: "networking.k8s.io/v1",
  kind: "NetworkPolicy",
  metadata: mineIn(place),
  spec: { podSelector: {}, policyTypes: ["Egress"], egress: [{}] },
});
const quotaOf = (name: string, hard: Record<string, string>): Manifest => ({
  apiVersion: "v1",
  kind: "ResourceQuota",
  metadata: { name, namespace: "zoe" },
  spec: { hard },
});

/** What a Job beside the shared Kafka has other than the one of `ed8kctl destroy`. */
interface Odd {
  readonly main?: object;
  readonly pod?: object;
  readonly labels?: Readonly<Record<string, string>>;
}

describe("self-service: a developer's own environment", () => {
  const cluster = new OwnCluster();
  let zoe: Developer;
  let carl: Developer;
  before(async () => {
    await cluster.start();
    [zoe, carl] = [developerOn(cluster, "zoe"), developerOn(cluster, "carl")];
    await cluster.client.create(environment("bob", "bob"));
  });
  after(() => cluster.remove());

  const as = (person: string): KubeClient =>
    cluster.client.impersonating(userName(person), [GROUPS.developers, "system:authenticated"]);
  const ref = (apiVersion: string, kind: string, name: string) => ({ apiVersion, kind, namespace: "zoe", name });
  const must = async (developer: Developer, ...words: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await developer.ed8kctl(...words);
    assert.equal(code, 0, `${words.join(" ")}: ${stdout}${stderr}`);
    return stdout;
  };

  it("is made, shown, planned and changed with no right but those of every developer [rows 38, 43]", async () => {
    assert.match(await must(zoe, "create", "zoe", "--owner", "zoe", "--collaborator", "carl"), /^zoe runs fxsuite/);
    assert.match(await must(zoe, "show", "zoe"), /owner\s+zoe/);
    await must(zoe, "plan", "zoe");
    assert.match(await must(zoe, "start", "zoe", "mailbox"), /^zoe runs fxsuite, mailbox, toolbox/);
  });

  it("is changed by a collaborator too, who does not choose the others, nor removes it [row 95]", async () => {
    assert.match(await must(carl, "stop", "zoe", "mailbox"), /^zoe runs fxsuite, toolbox/);
    const place = { apiVersion: "v1", kind: "Namespace", name: "zoe" };
    const friends = { metadata: { annotations: { "ed8k.dev/collaborators": "carl,eve" } } };
    assert.match(await outcome(as("carl").patch(place, friends)), /only ed8k:zoe says who else works in zoe/);
    assert.match(await outcome(as("carl").delete(place)), /ed8k:carl cannot delete it/);
    assert.match(await outcome(as("bob").patch(place, friends)), /ed8k:bob cannot change it/);
  });

  it("is one of one's own: no other's, no plain namespace, no reserved name, no weaker Pod Security [rows 95, 98]", async () => {
    const own = as("zoe");
    const make = (manifest: Manifest): Promise<string> => outcome(own.create(manifest, { dryRun: true }));
    assert.match(await make(environment("theirs", "bob")), /everybody makes environments of their own/);
    assert.match(await make(namespace("plain", {})), /developers make and change environments/);
    assert.match(await make(environment("ed8k-mine", "zoe")), /an environment has a name of its own/);
    assert.match(
      await make(environment("other", "zoe", { "ed8k.dev/env": "bob" })),
      /ed8k\.dev\/env must be|has a name of its own/,
    );
    const privileged = { "pod-security.kubernetes.io/enforce": "privileged" };
    assert.match(await make(environment("other", "zoe", privileged)), /Pod Security baseline is enforced/);
    const old = { "pod-security.kubernetes.io/enforce-version": "v1.0" };
    assert.match(await make(environment("other", "zoe", old)), /Pod Security baseline is enforced/);
    assert.equal(await make(environment("other", "zoe")), "done");
    assert.match(
      await outcome(own.delete({ apiVersion: "v1", kind: "Namespace", name: "bob" })),
      /ed8k:zoe cannot delete/,
    );
    const label = { metadata: { labels: { "ed8k.dev/managed": "true", "ed8k.dev/owner": "zoe" } } };
    const take = (name: string): Promise<string> =>
      outcome(own.patch({ apiVersion: "v1", kind: "Namespace", name }, label, { dryRun: true }));
    assert.match(await take("kube-system"), /ed8k:zoe|cannot be changed/);
    // Two policies refuse this; which of them the API server tells is chance.
    assert.match(await take("bob"), /ed8k:zoe cannot change it|cannot be changed/);
    const remark = { metadata: { annotations: { remark: "mine" } } };
    assert.match(
      await outcome(own.patch({ apiVersion: "v1", kind: "Namespace", name: "bob" }, remark, { dryRun: true })),
      /ed8k:zoe cannot change it/,
    );
    const weaken = { metadata: { labels: privileged } };
    const place = { apiVersion: "v1", kind: "Namespace", name: "zoe" };
    assert.match(
      await outcome(own.patch(place, weaken, { dryRun: true })),
      /labels of an environment .* cannot be changed/,
    );
    const { code, stderr } = await zoe.ed8kctl("create", "theirs", "--owner", "bob");
    assert.equal(code, 1);
    assert.match(stderr, /ed8k:zoe/);
    assert.deepEqual(await cluster.namespaces(), ["bob", "zoe"]);
  });

  for (const place of ["kube-system", "ed8k-shared", "default"]) {
    it(`gives no right in ${place} [row 98]`, async () => {
      const make = (manifest: Manifest): Promise<string> => outcome(as("zoe").create(manifest, { dryRun: true }));
      assert.match(await make(bindingOf("ed8k:editor", place)), new RegExp(`the namespace ${place} is no environment`));
      assert.match(await make(openPolicy(place)), new RegExp(`the namespace ${place} is no environment`));
      assert.match(await make(bindingOf("cluster-admin", place)), /^403/);
      assert.match(await outcome(as("zoe").list({ apiVersion: "v1", kind: "Secret", namespace: place })), /^403/);
    });
  }

  it("takes down no wall of what runs for all [row 98]", async () => {
    const [networking, place] = ["networking.k8s.io/v1", "ed8k-shared"];
    for (const [apiVersion, kind, name] of [
      [networking, "NetworkPolicy", "environments-to-kafka"],
      [`${RBAC}/v1`, "RoleBinding", "topic-removers"],
    ] as const) {
      const object = { apiVersion, kind, name, namespace: place };
      assert.match(await outcome(as("zoe").delete(object, { dryRun: true })), /ed8k-shared is no environment/, kind);
      const changed = { metadata: { annotations: { mine: "1" } } };
      assert.match(await outcome(as("zoe").patch(object, changed, { dryRun: true })), /is no environment/, kind);
    }
  });

  it("keeps its walls until it goes [rows 95, 98]", async () => {
    const own = as("zoe");
    const quota = await cluster.client.get(ref("v1", "ResourceQuota", "environment"));
    const { hard } = quota["spec"] as { hard: Record<string, string> };
    const set = (changed: Record<string, string>, name = "environment"): Promise<string> =>
      outcome(own.apply(quotaOf(name, changed), { dryRun: true, force: true, fieldManager: "kubectl" }));
    assert.equal(await set(hard), "done");
    assert.match(await set({ ...hard, pods: "1000" }), /a quota is that of one of the sizes s, m, l/);
    const lift = [{ op: "remove", path: "/spec/hard/pods" }];
    const patched = own.patch(ref("v1", "ResourceQuota", "environment"), lift, { type: "json", dryRun: true });
    assert.match(await outcome(patched), /a quota is that of one of the sizes/);
    const networking = "networking.k8s.io/v1";
    for (const [kind, name, group] of [
      ["ResourceQuota", "environment", "v1"],
      ["LimitRange", "containers", "v1"],
      ["NetworkPolicy", "default-deny", networking],
    ] as const) {
      const removed = own.delete(ref(group, kind, name), { dryRun: true });
      assert.match(await outcome(removed), /the walls go with the namespace/, kind);
    }
    assert.match(await outcome(own.create(openPolicy("zoe"), { dryRun: true })), /no others/);
    const opened = { spec: { egress: [{}] } };
    const wall = ref(networking, "NetworkPolicy", "default-deny");
    assert.match(await outcome(own.patch(wall, opened, { dryRun: true })), /an environment has the network policies/);
  });

  it("has no pod that changes its walls, even with a service account that was given the right", async () => {
    const grant = bindingOf("cluster-admin", "zoe");
    const account = "system:serviceaccount:zoe:default";
    const subjects = [{ kind: "ServiceAccount", name: "default", namespace: "zoe" }];
    await cluster.client.create({ ...grant, subjects });
    const pod = cluster.client.impersonating(account, ["system:serviceaccounts", "system:serviceaccounts:zoe"]);
    const endpoints = {
      apiVersion: "v1",
      kind: "Endpoints",
      metadata: mineIn("zoe"),
      subsets: [{ addresses: [{ ip: "10.1.2.3" }] }],
    };
    await eventually(() => outcome(pod.create(openPolicy("zoe"), { dryRun: true })), /pods may not change the walls/);
    assert.match(await outcome(pod.create(endpoints, { dryRun: true })), /pods may not change the walls/);
    assert.match(
      await outcome(pod.create(bindingOf("view", "zoe"), { dryRun: true })),
      /pods may not change the walls/,
    );
    await cluster.client.delete(ref(`${RBAC}/v1`, "RoleBinding", "mine"));
  });

  it("runs beside the shared Kafka nothing but the removal of topics", async () => {
    const own = as("zoe");
    const args = [
      ...["--bootstrap-server", "kafka.ed8k-shared.svc.cluster.local:9092"],
      ...["--delete", "--if-exists", "--topic", "zoe\\..*"],
    ];
    const [container] = kafkaTopicsPod(args, []).containers;
    const run = (name: string, { main = {}, pod = {}, labels = {} }: Odd = {}): Promise<string> => {
      const spec = { ...kafkaTopicsPod([], []), containers: [{ ...container, ...main }], ...pod };
      const template = { metadata: { labels }, spec };
      const job = { apiVersion: "batch/v1", kind: "Job", metadata: { name, namespace: "ed8k-shared" } };
      return outcome(own.create({ ...job, spec: { template } }, { dryRun: true }));
    };
    const good = "remove-topics-zoe";
    assert.equal(await run(good), "done");
    assert.match(await run("mine"), /nothing here but Jobs that remove topics/);
    assert.match(await run("remove-topics-bob"), /does that alone/);
    assert.match(await run(good, { main: { command: ["/bin/sh"] } }), /does that alone/);
    assert.match(await run(good, { main: { image: "docker.io/library/busybox:1.37.0" } }), /does that alone/);
    const none = /has no credential, no labels, no more than one pod, and none of volumes/;
    assert.match(await run(good, { main: { env: [{ name: "KAFKA_OPTS", value: "-javaagent:x" }] } }), none);
    assert.match(await run(good, { main: { lifecycle: { postStart: { exec: { command: ["true"] } } } } }), none);
    assert.match(await run(good, { pod: { automountServiceAccountToken: true } }), none);
    assert.match(await run(good, { pod: { volumes: [{ name: "v", emptyDir: {} }] } }), none);
    assert.match(await run(good, { labels: { "app.kubernetes.io/name": "kafka" } }), none);
  });

  it("is gone without a trace when its owner removes it [row 76]", async () => {
    assert.match(await must(zoe, "destroy", "zoe", "--yes"), /^zoe is gone: 0 left/);
    assert.deepEqual(await cluster.namespaces(), ["bob"]);
  });
});
