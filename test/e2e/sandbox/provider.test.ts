import assert from "node:assert/strict";
import { clientsOf } from "../../../sandbox/machine/processes.js";
import { OwnSandbox, until } from "./own-sandbox.js";
import { PulumiProject } from "./pulumi-project.js";

const SHOP = 'const shop = new k8s.core.v1.Namespace("shop", { metadata: { name: "shop" } }).metadata.name;';

/** A Deployment `shop/web`; `spec` is laid over its pods' spec. */
function web({ replicas = 1, app = "web", pods = "{}" } = {}): string {
  return `new k8s.apps.v1.Deployment("web", {
    metadata: { name: "web", namespace: shop },
    spec: {
      replicas: ${replicas},
      selector: { matchLabels: { app: "${app}" } },
      template: {
        metadata: { labels: { app: "${app}" } },
        spec: { containers: [{ name: "web", image: "example.com/web" }], ...${pods} },
      },
    },
  });`;
}

function annotated(annotations: Readonly<Record<string, string>>, pods?: string): string {
  const named = `name: "web", annotations: ${JSON.stringify(annotations)},`;
  return web(pods === undefined ? {} : { pods }).replace('name: "web",', named);
}

/** No node has such a disk. */
const NO_NODE = '{ nodeSelector: { disk: "none" } }';

describe("the Kubernetes stand-in on the real engine and API server", () => {
  let sandbox: OwnSandbox;
  let project: PulumiProject;
  before(async () => {
    sandbox = new OwnSandbox();
    await sandbox.up();
    project = new PulumiProject(sandbox);
    await project.pulumi("stack", "init", "carol");
  });
  after(() => sandbox.remove());

  const kubectl = (...args: readonly string[]): Promise<string> => sandbox.run("kubectl", ...args);
  const field = (object: string, path: string): Promise<string> =>
    kubectl("get", "-n", "shop", object, "-o", `jsonpath={${path}}`);

  /** Every object of these kinds with uid and version. */
  const versions = (): Promise<string> =>
    kubectl(
      "get",
      "namespaces,configmaps,secrets,deployments,replicasets,pods",
      "-A",
      "-o",
      'jsonpath={range .items[*]}{.kind} {.metadata.namespace}/{.metadata.name} {.metadata.uid} {.metadata.resourceVersion}{"\\n"}{end}',
    );

  it("makes objects, and names those that have no name", async () => {
    project.program(`${SHOP}
      ${web()}
      export const name = new k8s.core.v1.ConfigMap("settings", { metadata: { namespace: shop }, data: { a: "1" } }).metadata.name;`);
    await project.up();
    const name = (await project.pulumi("stack", "output", "name")).trim();
    assert.match(name, /^settings-[0-9a-f]{8}$/);
    assert.equal(await field(`configmap/${name}`, ".data.a"), "1");
    assert.equal(await field("deployment/web", ".status.availableReplicas"), "1");
  });

  it("previews without any effect: nothing is made, changed or removed", async () => {
    project.program(`${SHOP}
      ${web({ replicas: 3 })}
      new k8s.core.v1.Namespace("more", { metadata: { name: "more" } });
      new k8s.core.v1.Secret("secret", { metadata: { name: "secret", namespace: shop }, stringData: { k: "v" } });`);
    await until(async () => (await versions()) === (await versions()));
    const before = await versions();
    const said = await project.pulumi("preview", "--diff");
    assert.match(said, /\+ kubernetes:core\/v1:Namespace/);
    assert.match(said, /replicas: 1 => 3/);
    assert.match(said, /- kubernetes:core\/v1:ConfigMap/);
    assert.equal(await versions(), before);
  });

  it("changes in place what can be", async () => {
    const uid = await field("deployment/web", ".metadata.uid");
    project.program(`${SHOP}\n${web({ replicas: 2 })}`);
    const said = await project.up();
    assert.match(said, /~ 1 updated/);
    assert.equal(await field("deployment/web", ".metadata.uid"), uid);
    assert.equal(await field("deployment/web", ".status.availableReplicas"), "2");
  });

  it("replaces what cannot be changed, the old one first where the name stays", async () => {
    const uid = await field("deployment/web", ".metadata.uid");
    project.program(`${SHOP}\n${web({ app: "web2" })}`);
    const said = await project.up();
    assert.match(said, /1 replaced/);
    assert.notEqual(await field("deployment/web", ".metadata.uid"), uid);
    assert.equal(await field("deployment/web", ".spec.selector.matchLabels.app"), "web2");
  });

  it("changes nothing when nothing is to change", async () => {
    await project.pulumi("up", "--yes", "--skip-preview", "--expect-no-changes");
  });

  it("sees after a refresh what kubectl changed, and puts it back when told to take it over", async () => {
    await kubectl("scale", "-n", "shop", "deployment/web", "--replicas=4");
    const refreshed = await project.pulumi("refresh", "--yes", "--skip-preview", "--diff");
    assert.match(refreshed, /replicas: 1 => 4/);
    // kubectl owns the field by now: it is not taken back silently.
    const { code, said } = await project.attempt("preview");
    assert.notEqual(code, 0);
    assert.match(said, /Server-Side Apply field conflict detected.*conflict with "kubectl".*\.spec\.replicas/s);
    project.program(`${SHOP}\n${annotated({ "pulumi.com/patchForce": "true" })}`);
    assert.match(await project.pulumi("preview", "--diff"), /replicas: 4 => 1/);
    await project.up();
    assert.equal(await field("deployment/web", ".spec.replicas"), "1");
  });

  it("imports an object that is there already, and then has nothing to change", async () => {
    await kubectl("create", "configmap", "found", "-n", "shop", "--from-literal=a=1");
    const uid = await field("configmap/found", ".metadata.uid");
    const id = ["kubernetes:core/v1:ConfigMap", "found", "shop/found"];
    await project.pulumi("import", ...id, "--yes", "--skip-preview", "--protect=false", "--generate-code=false");
    project.program(`${SHOP}
      ${annotated({ "pulumi.com/patchForce": "true" })}
      new k8s.core.v1.ConfigMap("found", { metadata: { name: "found", namespace: "shop" }, data: { a: "1" } });`);
    await project.pulumi("up", "--yes", "--skip-preview", "--expect-no-changes");
    assert.equal(await field("configmap/found", ".metadata.uid"), uid);
  });

  it("refuses to change what somebody deleted; a refresh makes it anew", async () => {
    await kubectl("delete", "configmap", "found", "-n", "shop");
    project.program(`${SHOP}
      new k8s.core.v1.ConfigMap("found", { metadata: { name: "found", namespace: "shop", labels: { x: "y" } }, data: { a: "1" } });`);
    const { code, said } = await project.attempt("up", "--yes", "--skip-preview");
    assert.notEqual(code, 0);
    assert.match(said, /the object was deleted or replaced by somebody else since the last update/);
    await project.pulumi("up", "--yes", "--skip-preview", "--refresh");
    assert.equal(await field("configmap/found", ".metadata.labels.x"), "y");
  });

  it("waits until what it deletes is gone", async () => {
    await kubectl(
      "patch",
      "configmap",
      "found",
      "-n",
      "shop",
      "--type=merge",
      '-p={"metadata":{"finalizers":["x.io/hold"]}}',
    );
    project.program(SHOP);
    const { process: child, outcome } = project.start("up", "--yes", "--skip-preview");
    await until(async () => (await field("configmap/found", ".metadata.deletionTimestamp")) !== "");
    assert.equal(child.exitCode, null);
    await kubectl("patch", "configmap", "found", "-n", "shop", "--type=merge", '-p={"metadata":{"finalizers":null}}');
    assert.equal((await outcome).code, 0);
  });

  it("says why pods do not become ready, keeps what was made, and repairs it in the next update", async () => {
    const slow = annotated({ "pulumi.com/timeoutSeconds": "3" }, NO_NODE);
    project.program(`${SHOP}\n${slow}`);
    const { code, said } = await project.attempt("up", "--yes", "--skip-preview");
    assert.notEqual(code, 0);
    assert.match(said, /it was not ready within 3 s: 0 of 1 pods are available/);
    assert.match(said, /pod web-\S+: cannot be scheduled: \[Unschedulable\] 0\/3 nodes are available/);
    const uid = await field("deployment/web", ".metadata.uid");
    project.program(`${SHOP}\n${web()}`);
    await project.up();
    assert.equal(await field("deployment/web", ".metadata.uid"), uid);
    assert.equal(await field("deployment/web", ".status.availableReplicas"), "1");
  });

  it("stops at Ctrl-C, keeps what was made, and leaves no process and no lock", async () => {
    project.program(`${SHOP}\n${web()}\n${web({ pods: NO_NODE }).replaceAll('"web"', '"late"')}`);
    const { process: child, outcome } = project.start("up", "--yes", "--skip-preview");
    await until(async () => (await kubectl("get", "deployments", "-n", "shop", "-o", "name")).includes("late"));
    child.kill("SIGINT");
    const { code, said } = await outcome;
    assert.notEqual(code, 0);
    assert.match(said, /the wait was cancelled/);
    await until(() => clientsOf(sandbox.paths.folder).length === 0);
    assert.match(await project.pulumi("stack", "export"), /kubernetes:apps\/v1:Deployment::late/);
    project.program(`${SHOP}\n${web()}`);
    await project.up();
    assert.equal(await kubectl("get", "deployments", "-n", "shop", "-o", "name"), "deployment.apps/web\n");
  });

  it("works with two providers at once", async () => {
    project.program(`${SHOP}
      ${web()}
      const other = new k8s.core.v1.Namespace("other", { metadata: { name: "other" } }).metadata.name;
      for (const [name, namespace] of [["one", shop], ["two", other]]) {
        const provider = new k8s.Provider(name, { namespace });
        new k8s.core.v1.ConfigMap(name, { metadata: { name: "same" }, data: { name } }, { provider });
      }`);
    await project.up();
    assert.equal(await field("configmap/same", ".data.name"), "one");
    assert.equal(await kubectl("get", "configmap/same", "-n", "other", "-o", "jsonpath={.data.name}"), "two");
  });

  it("destroys all of it", async () => {
    await project.pulumi("destroy", "--yes", "--skip-preview");
    const left = await kubectl("get", "namespaces", "-o", "name");
    assert.doesNotMatch(left, /shop|other|more/);
    await project.pulumi("stack", "rm", "--yes");
  });
});
