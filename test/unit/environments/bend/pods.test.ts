import assert from "node:assert/strict";
import { type bent, bentObject, facts, notesOf } from "../fixtures.js";

const bindings = { name: "bos-bindings", configMap: true, secret: true, checksum: "c0ffee00" };
const deployment = (spec: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, labels: { app: web } }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { ${spec} }
`;
const OURS = { "ed8k.dev/env": "alice", "ed8k.dev/service": "bos" };

describe("pods of charts", () => {
  it("get the service's variables first, so that the chart's own win, and are replaced when those change", () => {
    const object = bentObject(
      deployment("initContainers: [{ name: a }], containers: [{ name: b, envFrom: [{ secretRef: { name: own } }] }]"),
      { bindings },
    );
    const sources = [{ configMapRef: { name: "bos-bindings" } }, { secretRef: { name: "bos-bindings" } }];
    assert.deepEqual(object, {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "web", namespace: "alice", labels: { app: "web", ...OURS } },
      spec: {
        selector: { matchLabels: { app: "web" } },
        template: {
          metadata: { labels: { app: "web", ...OURS }, annotations: { "ed8k.dev/bindings": "c0ffee00" } },
          spec: {
            priorityClassName: "ed8k-dev",
            initContainers: [{ name: "a", envFrom: sources }],
            containers: [{ name: "b", envFrom: [...sources, { secretRef: { name: "own" } }] }],
          },
        },
      },
    });
  });

  it("get only what there is", () => {
    const text = deployment("containers: [{ name: b }]");
    const containers = (options: Parameters<typeof bent>[1]): unknown =>
      (bentObject(text, options) as unknown as { spec: { template: { spec: { containers: unknown } } } }).spec.template
        .spec.containers;
    assert.deepEqual(containers({}), [{ name: "b" }]);
    assert.deepEqual(containers({ bindings: { ...bindings, secret: false } }), [
      { name: "b", envFrom: [{ configMapRef: { name: "bos-bindings" } }] },
    ]);
  });

  it("keep a priority of the cluster's and lose others, which is told once", () => {
    const web = deployment("priorityClassName: ed8k-data, containers: []");
    assert.deepEqual(notesOf(web), []);
    const foreign = web.replace("ed8k-data", "system-cluster-critical, priority: 2000000000");
    const note = "bent: the priority class system-cluster-critical becomes ed8k-dev";
    assert.deepEqual(notesOf(`${foreign}---\n${foreign.replace("name: web", "name: api")}`), [note]);
    const { spec } = bentObject(foreign) as unknown as { spec: { template: { spec: unknown } } };
    assert.deepEqual(spec.template.spec, { priorityClassName: "ed8k-dev", containers: [] });
    assert.deepEqual(notesOf(web.replace("ed8k-data", "ed8k-platform")), [
      "bent: the priority class ed8k-platform becomes ed8k-dev",
    ]);
  });

  it("name images as the cluster's list of registries does, where there is one", () => {
    const text = deployment("containers: [{ name: b, image: nginx:1 }]");
    const options = { facts: { ...facts, allowedRegistries: ["docker.io/"] } };
    assert.match(JSON.stringify(bentObject(text, options)), /"image":"docker.io\/library\/nginx:1"/);
    assert.match(JSON.stringify(bentObject(text)), /"image":"nginx:1"/);
  });

  it("may have as much memory as they ask for", () => {
    const resources = (requests: string, limits: string): string =>
      JSON.stringify(
        bentObject(deployment(`containers: [{ name: b, resources: { requests: ${requests}, limits: ${limits} } }]`)),
      );
    assert.match(resources("{ memory: 1Gi }", "{ cpu: 1 }"), /"limits":\{"cpu":1,"memory":"1Gi"\}/);
    assert.match(resources("{ memory: 512Mi }", "{}"), /"limits":\{\}/);
    assert.match(resources("{ memory: 1Gi }", "{ memory: null }"), /"limits":\{"memory":"1Gi"\}/);
    assert.match(resources("{ memory: 1Gi }", "{ memory: 2Gi }"), /"limits":\{"memory":"2Gi"\}/);
  });

  it("label the volumes of StatefulSets, and leave selectors alone", () => {
    const object = bentObject(`apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db }
spec:
  selector: { matchLabels: { app: db } }
  template: { metadata: { labels: { app: db } }, spec: { containers: [] } }
  volumeClaimTemplates: [{ metadata: { name: data, labels: { own: "1" } }, spec: {} }]
`);
    const spec = object["spec"] as Readonly<Record<string, unknown>>;
    assert.deepEqual(spec["selector"], { matchLabels: { app: "db" } });
    assert.deepEqual(spec["volumeClaimTemplates"], [
      { metadata: { name: "data", labels: { own: "1", ...OURS } }, spec: {} },
    ]);
  });
});

describe("Jobs of charts", () => {
  const job = (args: string): string => `apiVersion: batch/v1
kind: Job
metadata: { name: migrate }
spec:
  ttlSecondsAfterFinished: 60
  template: { spec: { restartPolicy: Never, containers: [{ name: a, args: [${args}] }] } }
`;

  it("carry a hash of what they do, and do not remove themselves", () => {
    const one = bentObject(job("up"));
    assert.equal(one.metadata.name, "migrate-64ae903a");
    assert.deepEqual(bentObject(job("up")), one);
    assert.notEqual(bentObject(job("down")).metadata.name, one.metadata.name);
    assert.equal("ttlSecondsAfterFinished" in (one["spec"] as object), false);
  });

  it("have names that fit, and differ", () => {
    const named = (name: string): string => bentObject(job("up").replace("migrate", name)).metadata.name;
    const [one, other] = [named(`${"a".repeat(60)}-1`), named(`${"a".repeat(60)}-2`)];
    assert.equal(one.length, 63);
    assert.notEqual(one, other);
    assert.match(one, /^a{45}-[0-9a-f]{8}-64ae903a$/);
  });

  it("are new when their variables change", () => {
    const named = (checksum: string): string =>
      bentObject(job("up"), { bindings: { ...bindings, checksum } }).metadata.name;
    assert.notEqual(named("00000001"), named("00000002"));
  });
});

describe("finalizers of charts", () => {
  it("are dropped, for nobody would take them off", () => {
    const text = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x, finalizers: [example.com/held] }\n";
    assert.deepEqual(Object.keys(bentObject(text).metadata), ["name", "labels", "namespace"]);
    assert.deepEqual(notesOf(text), [
      'bent: ConfigMap "x": finalizers are dropped, so that the environment can be deleted',
    ]);
    assert.deepEqual(notesOf(text.replace("[example.com/held]", "null")), []);
  });
});
