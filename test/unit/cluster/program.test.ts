import assert from "node:assert/strict";
import { planCluster } from "../../../cluster/decide.js";
import { clusterProgram } from "../../../cluster/program.js";
import { parseConfig, type ClusterConfig } from "../../../config.js";
import { registered } from "../../harness.js";
import { FACTS } from "./facts.js";

const config = parseConfig("dev", { "ed8k:kind": "cluster", "ed8k:context": "ed8k-sandbox" }) as ClusterConfig;
const plan = planCluster(config, { uid: FACTS.uid, kubernetesVersion: FACTS.kubernetesVersion });

describe("the program of a cluster stack", () => {
  // Somebody's own path must not end up in the state.
  const { KUBECONFIG } = process.env;
  before(() => (process.env["KUBECONFIG"] = "/home/alice/.kube/config"));
  after(() => {
    if (KUBECONFIG === undefined) Reflect.deleteProperty(process.env, "KUBECONFIG");
    else process.env["KUBECONFIG"] = KUBECONFIG;
  });

  it("tells environments exactly the facts", () => {
    assert.deepEqual(plan.facts, FACTS);
  });

  it("takes Kafka's image from where its rules say, and lets topics be removed with it", () => {
    const images = [{ from: "docker.io/apache/kafka:4.1.0", to: "ed8k.local/kafka:4.1.0" }];
    const { uid, kubernetesVersion } = FACTS;
    const { facts, platform } = planCluster({ ...config, images, ingressPort: 16_448 }, { uid, kubernetesVersion });
    assert.deepEqual([facts.images, facts.ingressPort], [images, 16_448]);
    const changed = platform.filter(({ id, manifest }) => {
      const before = plan.platform.find((object) => object.id === id);
      return JSON.stringify(manifest) !== JSON.stringify(before?.manifest);
    });
    assert.deepEqual(
      changed.map(({ id }) => id),
      ["ed8k-shared/StatefulSet/kafka", "ValidatingAdmissionPolicy/ed8k-topic-removal"],
    );
    for (const { manifest } of changed) {
      assert.match(JSON.stringify(manifest), /ed8k\.local\/kafka:4\.1\.0/);
      assert.doesNotMatch(JSON.stringify(manifest), /docker\.io\/apache/);
    }
  });

  it("registers the provider, the cluster and every object of the plan as it stands", async () => {
    const resources = await registered(() => {
      assert.deepEqual(clusterProgram(plan), { cluster: FACTS });
    });
    const [cluster, provider, ...objects] = resources;
    assert.deepEqual(cluster, { type: "ed8k:cluster:Cluster", name: "dev", inputs: {} });
    assert.deepEqual(provider, {
      type: "pulumi:providers:kubernetes",
      name: "cluster",
      inputs: {
        context: "ed8k-sandbox",
        enableConfigMapMutable: "true",
        enableSecretMutable: "true",
        kubeconfig: "",
        upsertExistingObjects: "true",
        enablePatchForce: "true",
      },
    });
    // What others come after is registered first, so the order is not the plan's.
    assert.deepEqual(
      byName(objects.map(({ name, inputs }) => ({ name, inputs }))),
      byName(
        plan.platform.map(({ id, manifest }) => ({
          name: id,
          inputs: JSON.parse(JSON.stringify(manifest)) as unknown,
        })),
      ),
    );
  });

  it("has each object once, under a name that says what it is [rows 30, 40, 95, 98]", () => {
    assert.deepEqual(
      plan.platform.map(({ id }) => id),
      [
        "PriorityClass/ed8k-platform",
        "PriorityClass/ed8k-data",
        "PriorityClass/ed8k-dev",
        "PriorityClass/ed8k-preview",
        "Namespace/ed8k-shared",
        "Namespace/ed8k-system",
        "ed8k-shared/NetworkPolicy/environments-to-kafka",
        "ed8k-shared/Service/kafka",
        "ed8k-shared/StatefulSet/kafka",
        ...POLICIES.flatMap((name) => [
          `ValidatingAdmissionPolicy/ed8k-${name}`,
          `ValidatingAdmissionPolicyBinding/ed8k-${name}`,
        ]),
        "ClusterRole/ed8k:viewer",
        "ClusterRole/ed8k:editor",
        "ClusterRole/ed8k:creator",
        "ClusterRole/ed8k:operator",
        "ClusterRoleBinding/ed8k:viewer",
        "ClusterRoleBinding/ed8k:creator",
        "ClusterRoleBinding/ed8k:operator",
        "ed8k-shared/Role/topic-removers",
        "ed8k-shared/RoleBinding/topic-removers",
      ],
    );
  });

  it("protects nothing, and places nothing, on a cluster that was there", () => {
    assert.deepEqual(
      plan.platform.filter(
        ({ manifest, protect }) => protect === true || /"(affinity|tolerations)"/.test(JSON.stringify(manifest)),
      ),
      [],
    );
  });

  it("gives rights only once the policies that bound them are there", () => {
    const bounds = plan.platform.map(({ id }) => id).filter((id) => id.startsWith("ValidatingAdmissionPolicy"));
    const given = plan.platform.filter(({ manifest }) => /Role/.test(manifest.kind));
    assert.equal(given.length, 9);
    assert.deepEqual(
      given.filter(({ after }) => bounds.some((id) => !after.includes(id))),
      [],
    );
  });
});

const POLICIES = [
  ...["writers", "labels", "namespaces", "walls", "elsewhere"],
  ...["topic-removal", "services", "pods", "hosts"],
];

function byName<T extends { readonly name: string }>(items: readonly T[]): readonly T[] {
  return items.toSorted((a, b) => a.name.localeCompare(b.name));
}
