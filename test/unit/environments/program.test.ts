import assert from "node:assert/strict";
import { planEnvironment } from "../../../environments/plan/plan.js";
import type { EnvironmentPlan, PlannedObject } from "../../../environments/plan/types.js";
import { environmentProgram } from "../../../environments/program.js";
import { registered, type Registered } from "../../harness.js";
import { BACKEND, configOf, facts, renderedOf, serviceOf } from "./fixtures.js";

const minimal = planEnvironment({ config: configOf("alice"), facts, backend: BACKEND, services: [] });

const full = planEnvironment({
  config: configOf("alice"),
  facts,
  backend: BACKEND,
  services: [
    renderedOf(
      serviceOf("bos", {
        resources: { db: { type: "postgres" } },
        variables: { PASSWORD: "p:${resources.db.password}", MODE: "fast" },
        routes: { http: { service: "bos-web", port: "http" } },
      }),
      `apiVersion: v1
kind: Secret
metadata: { name: license }
data: { key: c2VjcmV0 }
stringData: { plain: text }
---
apiVersion: v1
kind: Service
metadata: { name: bos-web }
spec: { ports: [{ name: http, port: 80 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: bos-web }
spec: { template: { spec: { containers: [{ name: web, image: nginx:1 }] } } }
`,
    ),
    renderedOf(serviceOf("mailbox"), "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: mailbox }\n"),
  ],
});

/** As the engine is told what is secret. https://www.pulumi.com/docs/iac/concepts/secrets/ */
function secret(value: unknown): unknown {
  return { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value };
}

const provider = {
  type: "pulumi:providers:kubernetes",
  name: "cluster",
  inputs: {
    context: "kind-dev",
    enableConfigMapMutable: "true",
    enableSecretMutable: "true",
    kubeconfig: "",
    upsertExistingObjects: "true",
    enablePatchForce: "true",
  },
};
const component = (type: string, name: string) => ({ type: `ed8k:environments:${type}`, name, inputs: {} });

function object({ id, manifest }: PlannedObject, inputs: Readonly<Record<string, unknown>> = {}) {
  const group = manifest.apiVersion.includes("/") ? manifest.apiVersion : `core/${manifest.apiVersion}`;
  return { type: `kubernetes:${group}:${manifest.kind}`, name: id, inputs: { ...manifest, ...inputs } };
}

function find({ services }: EnvironmentPlan, id: string): PlannedObject {
  const found = services.flatMap(({ objects }) => objects).find((one) => one.id === id);
  assert(found !== undefined, id);
  return found;
}

/** Resources without dependencies are registered in any order. */
function sorted(resources: readonly Registered[]): readonly Registered[] {
  return resources.toSorted((a, b) => `${a.type} ${a.name}`.localeCompare(`${b.type} ${b.name}`));
}

describe("the program of an environment", () => {
  it("registers the walls of an empty one, and nothing else", async () => {
    let output: unknown;
    const resources = await registered(() => (output = environmentProgram(minimal, facts)));
    const expected = [
      provider,
      component("Environment", "alice"),
      ...minimal.tenancy.map((planned) => object(planned)),
    ];
    assert.deepEqual(sorted(resources), sorted(expected));
    assert.deepEqual(output, {
      environment: { name: "alice", clusterUid: "0b7c1f52", services: [], hosts: [] },
    });
  });

  it("registers each object of each service, with secrets marked as such", async () => {
    let output: unknown;
    const resources = await registered(() => (output = environmentProgram(full, facts)));
    const password = { length: 24, special: false };
    const expected = [
      provider,
      component("Environment", "alice"),
      { type: "random:index/randomPassword:RandomPassword", name: "bos--db", inputs: password },
      ...full.tenancy.map((planned) => object(planned)),
      component("Release", "bos"),
      object(find(full, "bos/Secret/bos--db"), { stringData: secret({ password: "password-of-bos--db" }) }),
      object(find(full, "bos/Service/bos--db")),
      object(find(full, "bos/StatefulSet/bos--db")),
      object(find(full, "bos/ConfigMap/bos-bindings")),
      object(find(full, "bos/Secret/bos-bindings"), { stringData: secret({ PASSWORD: "p:password-of-bos--db" }) }),
      object(find(full, "bos/Secret/license"), {
        data: secret({ key: "c2VjcmV0" }),
        stringData: secret({ plain: "text" }),
      }),
      object(find(full, "bos/Service/bos-web")),
      object(find(full, "bos/Deployment/bos-web")),
      object(find(full, "bos/Ingress/bos-http-route")),
      component("Release", "mailbox"),
      object(find(full, "mailbox/ConfigMap/mailbox")),
    ];
    assert.deepEqual(sorted(resources), sorted(expected));
    assert.deepEqual(output, {
      environment: {
        name: "alice",
        clusterUid: "0b7c1f52",
        services: [
          { name: "bos", version: "1.0.0" },
          { name: "mailbox", version: "1.0.0" },
        ],
        hosts: ["bos--alice.dev.example.com"],
      },
    });
  });
});
