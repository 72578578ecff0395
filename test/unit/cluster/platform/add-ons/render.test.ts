import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { planAddOns } from "../../../../../cluster/platform/add-ons/plan.js";
import { planEksPlatform } from "../../../../../cluster/platform/add-ons/platform.js";
import { renderAddOns } from "../../../../../cluster/platform/add-ons/render.js";
import { planPlatform } from "../../../../../cluster/platform/plan.js";
import type { PlannedObject } from "../../../../../environments/plan/types.js";
import { VERSIONS } from "../../../../../versions.js";
import { errorOf } from "../../../environments/fixtures.js";
import { eksConfig } from "./config.js";

const definition = (kind: string, scope: string, group = "x.io"): string => `---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: ${kind.toLowerCase()}s.${group} }
spec:
  group: ${group}
  scope: ${scope}
  names: { kind: ${kind}, plural: ${kind.toLowerCase()}s }
  versions:
    - name: v1
      served: true
      schema: { openAPIV3Schema: { description: What it is., properties: { description: { type: string, description: Own. } } } }
`;

/** A controller with rights, a hook before it, a test, and a Service. */
const CONTROLLER = `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: controller }
spec: { template: { spec: { containers: [{ name: main, image: "docker.io/acme/controller:{{ .Chart.Version }}" }] } } }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: controller }
---
apiVersion: batch/v1
kind: Job
metadata: { name: certificates, annotations: { helm.sh/hook: "pre-install, pre-upgrade" } }
spec: { ttlSecondsAfterFinished: 30, template: { spec: { containers: [] } } }
---
apiVersion: v1
kind: Pod
metadata: { name: check, annotations: { helm.sh/hook: test } }
---
apiVersion: v1
kind: Service
metadata: { name: controller }
---
apiVersion: v1
kind: Secret
metadata: { name: token }
stringData: { key: "{{ randAlphaNum 8 }}" }
---
apiVersion: x.io/v1
kind: Policy
metadata: { name: everywhere }
---
apiVersion: x.io/v1
kind: Rule
metadata: { name: here }
`;

describe("the add-ons of a cluster, rendered", () => {
  let folder: string;
  const warnings: string[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "ed8k-charts-"));
    warnings.length = 0;
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function chart(name: keyof typeof VERSIONS.charts, files: Readonly<Record<string, string>>): void {
    const version = VERSIONS.charts[name];
    const all = { "Chart.yaml": `apiVersion: v2\nname: ${name}\nversion: ${version}\n`, ...files };
    for (const [path, text] of Object.entries(all)) {
      const file = join(folder, `${name}-${version}`, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }

  function rendered(addOns: Readonly<Record<string, boolean>> = {}): Promise<readonly PlannedObject[]> {
    const off = { storage: false, snapshots: false, telepresence: false, "envoy-gateway": false };
    return renderAddOns(planAddOns({ config: eksConfig({ addOns: { ...off, ...addOns } }) }), {
      charts: folder,
      images: [{ from: "docker.io/acme/", to: "mirror.example.com/acme/" }],
      kubernetesVersion: "1.36.3",
      work: { report: () => undefined },
      warn: (message) => warnings.push(message),
    });
  }

  it("come in order: namespaces, definitions, hooks, rights, what runs, and what it serves", async () => {
    chart("karpenter-crd", {
      "templates/crds.yaml":
        definition("Policy", "Cluster") +
        definition("Rule", "Namespaced") +
        definition("NodePool", "Cluster", "karpenter.sh"),
    });
    chart("karpenter", { "templates/all.yaml": CONTROLLER });
    const objects = await rendered({ "aws-load-balancer-controller": false });
    const job = objects.find(({ manifest }) => manifest.kind === "Job")?.id ?? "";
    assert.match(job, /^karpenter\/ed8k-platform\/Job\/certificates-[0-9a-f]{8}$/);
    const namespace = "Namespace/ed8k-platform";
    const [secret, deployment] = ["Secret/token", "Deployment/controller"].map((id) => `karpenter/ed8k-platform/${id}`);
    const crd = "karpenter-crd/CustomResourceDefinition";
    assert.deepEqual(
      objects.map(({ id, after }) => [id, after]),
      [
        [namespace, ["PriorityClass/ed8k-platform"]],
        ["Namespace/ed8k-gateway", ["PriorityClass/ed8k-platform"]],
        [`${crd}/policys.x.io`, []],
        [`${crd}/rules.x.io`, []],
        [`${crd}/nodepools.karpenter.sh`, []],
        [secret, [namespace]],
        [job, [namespace, secret]],
        ["karpenter/ClusterRole/controller", [job]],
        ["karpenter/ed8k-platform/Service/controller", [namespace, job]],
        [deployment, [namespace, secret, job, "karpenter/ClusterRole/controller"]],
        ["karpenter/Policy/everywhere", [`${crd}/policys.x.io`, job]],
        ["karpenter/ed8k-platform/Rule/here", [namespace, `${crd}/rules.x.io`, job]],
        ["EC2NodeClass/default", [job, deployment]],
        ...["workloads", "data", "builds"].map((pool) => [
          `NodePool/${pool}`,
          [`${crd}/nodepools.karpenter.sh`, job, deployment],
        ]),
      ],
    );
    assert.deepEqual(warnings, []);
  });

  it("are bent a little: images from the mirror, Services not awaited, random values kept, Jobs that stay", async () => {
    chart("karpenter-crd", { "templates/crds.yaml": definition("Rule", "Namespaced") });
    chart("karpenter", { "templates/all.yaml": CONTROLLER });
    const objects = await rendered({ "aws-load-balancer-controller": false });
    const of = (kind: string): PlannedObject | undefined => objects.find(({ manifest }) => manifest.kind === kind);
    assert.deepEqual(of("Deployment")?.manifest["spec"], {
      template: {
        spec: {
          containers: [{ name: "main", image: `mirror.example.com/acme/controller:${VERSIONS.charts.karpenter}` }],
        },
      },
    });
    assert.deepEqual(of("Service")?.manifest.metadata.annotations, { "pulumi.com/skipAwait": "true" });
    assert.deepEqual(of("Secret")?.ignoreChanges, ["stringData.key"]);
    assert.deepEqual(of("Job")?.manifest["spec"], { template: { spec: { containers: [] } } });
    const { versions } = of("CustomResourceDefinition")?.manifest["spec"] as { versions: unknown[] };
    assert.deepEqual(versions, [
      {
        name: "v1",
        served: true,
        schema: { openAPIV3Schema: { properties: { description: { type: "string" } } } },
      },
    ]);
  });

  it("are left out and told where a chart is not to be had; without a controller their own objects stay", async () => {
    chart("karpenter-crd", { "templates/crds.yaml": definition("NodePool", "Cluster", "karpenter.sh") });
    const objects = await rendered({ snapshots: true });
    assert.deepEqual(
      objects.map(({ id }) => id),
      [
        "Namespace/ed8k-platform",
        "Namespace/ed8k-gateway",
        "karpenter-crd/CustomResourceDefinition/nodepools.karpenter.sh",
        "EC2NodeClass/default",
        "NodePool/workloads",
        "NodePool/data",
        "NodePool/builds",
      ],
    );
    assert.deepEqual(warnings, [
      "the add-on snapshots is left out: its kinds come with EKS' snapshot-controller, which nothing runs here",
      `nothing runs the add-on karpenter: ${folder} has no chart karpenter`,
      `the add-on aws-load-balancer-controller is left out: ${folder} has no chart aws-load-balancer-controller`,
    ]);
  });

  it("tell what helm says of a chart with other values", async () => {
    const schema = { properties: { settings: { properties: { clusterName: { type: "number" } } } } };
    chart("karpenter-crd", {});
    chart("karpenter", { "templates/all.yaml": CONTROLLER, "values.schema.json": JSON.stringify(schema) });
    const error = await errorOf(() => rendered({ "aws-load-balancer-controller": false }));
    assert.match(error.message, /^add-ons: oci:\/\/public\.ecr\.aws\/karpenter\/karpenter:.*clusterName/);
  });

  it("follow the platform's own objects, of which none is another's", async () => {
    const config = eksConfig();
    const env = { ED8K_CHARTS: folder };
    const all = await planEksPlatform(config, { env, warn: (message) => warnings.push(message) });
    const own = planPlatform(config);
    assert.deepEqual(all.slice(0, own.length), own);
    const ids = all.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    assert.deepEqual(
      all.flatMap(({ after }, index) => after.filter((id) => !ids.slice(0, index).includes(id))),
      [],
    );
    assert.equal(warnings.length, 5);
  });
});
