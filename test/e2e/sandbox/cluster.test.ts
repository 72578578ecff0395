import assert from "node:assert/strict";
import { readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkoutRoot } from "../../../sandbox/paths.js";
import { OwnSandbox, until } from "./own-sandbox.js";

const OBJECTS = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  replicas: 3
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      initContainers: [{ name: first, image: example.com/first }]
      containers: [{ name: web, image: example.com/web }]
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db, namespace: shop }
spec:
  serviceName: db
  replicas: 2
  selector: { matchLabels: { app: db } }
  template:
    metadata: { labels: { app: db } }
    spec:
      containers: [{ name: db, image: example.com/db, volumeMounts: [{ name: data, mountPath: /data }] }]
  volumeClaimTemplates:
    - metadata: { name: data }
      spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
---
apiVersion: batch/v1
kind: Job
metadata: { name: load, namespace: shop }
spec: { template: { spec: { restartPolicy: Never, containers: [{ name: load, image: example.com/load }] } } }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { type: LoadBalancer, selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: shop }
spec:
  rules:
    - host: shop.example.com
      http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] }
`;

describe("the sandbox's cluster and engine", () => {
  let sandbox: OwnSandbox;
  before(async () => {
    sandbox = new OwnSandbox();
    await sandbox.up();
    await kubectl("create", "namespace", "shop");
    writeFileSync(join(sandbox.scratch, "objects.yaml"), OBJECTS);
    await kubectl("apply", "-f", "objects.yaml");
  });
  after(() => sandbox.remove());

  const kubectl = (...args: readonly string[]): Promise<string> => sandbox.run("kubectl", ...args);

  /** Waits until a field of an object in `shop` has the value; names what it has when it never comes to that. */
  async function comesTo(object: string, field: string, value: string): Promise<void> {
    let seen = "";
    const holds = async (): Promise<boolean> => {
      seen = await kubectl("get", "-n", "shop", object, "-o", `jsonpath={${field}}`);
      return seen === value;
    };
    await until(holds, () => seen);
  }

  it("makes pods ready, and gives stateful ones volumes", async () => {
    await comesTo("deployment/web", ".status.readyReplicas", "3");
    await comesTo("statefulset/db", ".status.readyReplicas", "2");
    await comesTo("pvc/data-db-0", ".status.phase", "Bound");
    await comesTo("pvc/data-db-1", ".status.capacity.storage", "1Gi");
  });

  it("ends the pods of jobs, and gives hosts to what needs them", async () => {
    await comesTo("job/load", ".status.succeeded", "1");
    await comesTo("service/web", ".status.loadBalancer.ingress[0].hostname", "web.shop.sandbox.internal");
    await comesTo("ingress/web", ".status.loadBalancer.ingress[0].hostname", "web.shop.sandbox.internal");
  });

  it("says in the log of a pod that it is simulated", async () => {
    await comesTo("statefulset/db", ".status.readyReplicas", "2");
    const log = await kubectl("logs", "-n", "shop", "db-0");
    assert.equal(log, "This pod is simulated: it runs no process, so it writes no log.\n");
  });

  it("checks rights as EKS does, and lets the administrator act as others", async () => {
    const can = (...who: readonly string[]): Promise<string> =>
      kubectl("auth", "can-i", "create", "pods", ...who).catch((error: { stdout: string }) => error.stdout);
    assert.equal((await can()).trim(), "yes");
    assert.equal((await can("--as=alice", "--as-group=developers")).trim(), "no");
  });

  it("removes a namespace with everything in it, volumes too", async () => {
    await kubectl("delete", "namespace", "shop", "--timeout=120s");
    let volumes = "";
    await until(
      async () => (volumes = await kubectl("get", "pv", "-o", "name")) === "",
      () => volumes,
    );
  });

  it("runs a plain pulumi up, destroy and stack rm with what its shell has", async () => {
    const project = sandbox.scratch;
    symlinkSync(join(checkoutRoot(), "node_modules"), join(project, "node_modules"));
    writeFileSync(join(project, "package.json"), JSON.stringify({ name: "tiny", type: "module", main: "index.js" }));
    writeFileSync(
      join(project, "Pulumi.yaml"),
      "name: tiny\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n",
    );
    writeFileSync(
      join(project, "index.js"),
      `import * as k8s from "@pulumi/kubernetes";
import { RandomPassword } from "@pulumi/random";
const { result } = new RandomPassword("password", { length: 20 });
new k8s.core.v1.Secret("secret", { metadata: { name: "tiny", namespace: "default" }, stringData: { result } });
`,
    );
    const pulumi = (...args: readonly string[]): Promise<string> =>
      sandbox.run("pulumi", ...args, "--non-interactive", "--color=never");
    await pulumi("stack", "init", "carol");
    await pulumi("up", "--yes", "--skip-preview");
    const encoded = await kubectl("get", "secret", "tiny", "-o", "jsonpath={.data.result}");
    assert.equal(Buffer.from(encoded, "base64").toString().length, 20);
    assert.match(readFileSync(join(project, "Pulumi.carol.yaml"), "utf8"), /^encryptionsalt: v1:/m);
    await pulumi("destroy", "--yes", "--skip-preview");
    await pulumi("stack", "rm", "carol", "--yes");
    assert.equal(await kubectl("get", "secret", "-n", "default", "-o", "name"), "");
  });
});
