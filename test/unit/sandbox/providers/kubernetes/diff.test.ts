import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Secret, Unknown, type ValueMap } from "../../../../../sandbox/providers/plugin/values.js";
import { cleanUp, scratchFolder, setEnv } from "../../scratch.js";
import { Provided, type Resource } from "./provided.js";

const named = (rest: ValueMap): ValueMap => ({ metadata: { name: "web" }, ...rest });

/** A resource as the engine remembers it, of inputs that were made unchanged. */
function made(kind: string, inputs: ValueMap): Resource {
  const [apiVersion = "", name = ""] = kind.split(" ");
  const metadata = { namespace: "default", ...(inputs["metadata"] as ValueMap) };
  const complete = { ...inputs, apiVersion, kind: name, metadata };
  return { kind, id: "default/web", inputs: complete, state: complete };
}

describe("the Kubernetes stand-in: diff", () => {
  let provided: Provided;
  beforeEach(async () => {
    provided = await Provided.start();
  });
  afterEach(() => provided.server.stop());

  for (const [what, kind, before, after, changes] of [
    ["nothing", "v1 ConfigMap", { data: { a: "1" } }, { data: { a: "1" } }, []],
    [
      "replicas: in place",
      "apps/v1 Deployment",
      { spec: { replicas: 1 } },
      { spec: { replicas: 2 } },
      ["update spec.replicas"],
    ],
    [
      "a selector: immutable",
      "apps/v1 Deployment",
      { spec: { selector: { matchLabels: { a: "1" } } } },
      { spec: { selector: { matchLabels: { a: "2" } } } },
      ["update! spec.selector.matchLabels.a"],
    ],
    [
      "volume claims of a StatefulSet: immutable",
      "apps/v1 StatefulSet",
      { spec: { volumeClaimTemplates: [{ spec: { accessModes: ["A"] } }] } },
      { spec: { volumeClaimTemplates: [{ spec: { accessModes: ["B"] } }] } },
      ["update! spec.volumeClaimTemplates[0].spec.accessModes[0]"],
    ],
    [
      "a ConfigMap's data: replaced, so that pods restart",
      "v1 ConfigMap",
      { data: { a: "1" } },
      { data: { a: "2" } },
      ["update! data.a"],
    ],
    ["a ConfigMap's labels: in place", "v1 ConfigMap", {}, { labels: {} }, ["add labels"]],
    [
      "an image of a pod: in place, its command: immutable",
      "v1 Pod",
      { spec: { containers: [{ image: "a", command: ["x"] }] } },
      { spec: { containers: [{ image: "b", command: ["y"] }] } },
      ["update spec.containers[0].image", "update! spec.containers[0].command[0]"],
    ],
    [
      "the size of a volume claim: in place, its class: immutable",
      "v1 PersistentVolumeClaim",
      { spec: { storageClassName: "a", resources: { requests: { storage: "1Gi" } } } },
      { spec: { storageClassName: "b", resources: { requests: { storage: "2Gi" } } } },
      ["update! spec.storageClassName", "update spec.resources.requests.storage"],
    ],
    [
      "a Job's template: immutable",
      "batch/v1 Job",
      { spec: { template: { spec: { a: 1 } } } },
      { spec: { template: { spec: { a: 2 } } } },
      ["update! spec.template.spec.a"],
    ],
    [
      "other spellings of a quantity: nothing",
      "v1 ResourceQuota",
      { spec: { hard: { "requests.cpu": "1000m", memory: "1Gi", pods: "10" } } },
      { spec: { hard: { "requests.cpu": 1, memory: "1024Mi", pods: 10 } } },
      [],
    ],
    [
      "another quantity",
      "v1 ResourceQuota",
      { spec: { hard: { "requests.cpu": "1" } } },
      { spec: { hard: { "requests.cpu": "2" } } },
      ['update spec.hard["requests.cpu"]'],
    ],
    [
      "a text that only looks like a quantity",
      "v1 ConfigMap",
      { data: { x: "1000m" } },
      { data: { x: "1" } },
      ["update! data.x"],
    ],
    [
      "stringData that says the same as data: nothing",
      "v1 Secret",
      { data: { k: "dg==" } },
      { stringData: { k: "v" } },
      [],
    ],
    ["what became secret: nothing", "v1 ConfigMap", { data: { a: "1" } }, { data: { a: new Secret("1") } }, []],
    ["what is not known yet", "v1 ConfigMap", { data: { a: "1" } }, { data: { a: Unknown.value } }, ["update! data.a"]],
    ["nulls: nothing", "v1 ConfigMap", { data: { a: "1" } }, { data: { a: "1", b: null }, x: null }, []],
  ] as const) {
    it(`of ${what}`, async () => {
      assert.deepEqual(await provided.changes(made(kind, named(before)), named(after)), changes);
    });
  }

  describe("of an identity", () => {
    const old = made("v1 ConfigMap", named({}));

    for (const [what, metadata, changes] of [
      ["another name", { name: "other" }, ["update! metadata.name"]],
      ["another namespace", { name: "web", namespace: "other" }, ["update! metadata.namespace"]],
    ] as const) {
      it(`${what}: replaced, the new one first`, async () => {
        assert.deepEqual(await provided.changes(old, { metadata }), changes);
        const { inputs } = await provided.check("v1 ConfigMap", { metadata });
        assert.equal((await provided.diff(old, inputs)).deleteBeforeReplace, false);
      });
    }
  });

  describe("that replaces", () => {
    const before = { data: { a: "1" } };
    const after = { data: { a: "2" } };

    it("deletes first when the name stays", async () => {
      const { inputs } = await provided.check("v1 ConfigMap", named(after));
      const { deleteBeforeReplace } = await provided.diff(made("v1 ConfigMap", named(before)), inputs);
      assert.equal(deleteBeforeReplace, true);
    });

    it("makes the new one first when the name is a random one", async () => {
      const { inputs: old } = await provided.check("v1 ConfigMap", before);
      const { inputs } = await provided.check("v1 ConfigMap", after, old);
      const resource = { kind: "v1 ConfigMap", id: "default/web", inputs: old, state: old };
      assert.equal((await provided.diff(resource, inputs)).deleteBeforeReplace, false);
    });
  });

  it("compares with what the state keeps where the engine gives no old inputs", async () => {
    const { inputs, ...old } = made("v1 ConfigMap", named({ data: { a: "1" } }));
    const resource = { ...old, inputs: {}, state: { ...old.state, __inputs: inputs } };
    const { inputs: after } = await provided.check("v1 ConfigMap", named({ data: { a: "2" } }));
    assert.deepEqual([...(await provided.diff(resource, after)).changes.keys()], ["data.a"]);
  });

  for (const [kind, setting, field] of [
    ["v1 ConfigMap", "enableConfigMapMutable", "data"],
    ["v1 Secret", "enableSecretMutable", "stringData"],
  ] as const) {
    it(`changes a ${kind} in place with ${setting}, unless it is immutable by itself`, async () => {
      const mutable = await Provided.start({ [setting]: true });
      const path = "data.a";
      const [before, after] = [{ [field]: { a: "1" } }, { [field]: { a: "2" } }];
      assert.deepEqual(await mutable.changes(made(kind, named(before)), named(after)), [`update ${path}`]);
      const immutable = { immutable: true };
      assert.deepEqual(
        await mutable.changes(made(kind, named({ ...before, ...immutable })), named({ ...after, ...immutable })),
        [`update! ${path}`],
      );
      await mutable.server.stop();
    });
  }
});

describe("the Kubernetes stand-in: the provider's own diff", () => {
  const cluster = (server: string, token = "t"): string =>
    JSON.stringify({
      kind: "Config",
      "current-context": "c",
      contexts: [{ name: "c", context: { cluster: "c", user: "u" } }],
      clusters: [{ name: "c", cluster: { server } }],
      users: [{ name: "u", user: { token } }],
    });

  for (const [what, after, replace] of [
    ["another cluster replaces all that is on it", cluster("https://b"), true],
    ["a new token for the same cluster replaces nothing", cluster("https://a", "u"), false],
    ["a kubeconfig that cannot be read replaces nothing", "/no/such/file", false],
    ["a kubeconfig that is not known yet may be of another cluster", Unknown.value, true],
  ] as const) {
    it(what, async () => {
      const provided = await Provided.start();
      const { changes } = provided.provider.diffConfig({ kubeconfig: cluster("https://a") }, { kubeconfig: after });
      assert.deepEqual([...changes], [["kubeconfig", { kind: "update", replace }]]);
      await provided.server.stop();
    });
  }

  it("no kubeconfig, which stands for that of whoever runs the engine, replaces nothing", async () => {
    const provided = await Provided.start();
    const file = join(scratchFolder(), "config");
    writeFileSync(file, cluster("https://ambient"));
    setEnv({ KUBECONFIG: file });
    const explicit = { kubeconfig: cluster("https://a") };
    const ambient = { kubeconfig: "" };
    const replaced = (before: ValueMap, after: ValueMap): unknown =>
      [...provided.provider.diffConfig(before, after).changes].map(([path, { replace }]) => [path, replace]);
    assert.deepEqual(replaced(explicit, ambient), [["kubeconfig", false]]);
    assert.deepEqual(replaced(ambient, explicit), [["kubeconfig", false]]);
    assert.deepEqual(replaced({ ...ambient, context: "a" }, { ...ambient, context: "c" }), [["context", false]]);
    await provided.server.stop();
    cleanUp();
  });
});
