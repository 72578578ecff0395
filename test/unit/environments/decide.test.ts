import assert from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { decideEnvironment } from "../../../environments/decide.js";
import { planEnvironment } from "../../../environments/plan/plan.js";
import type { EnvironmentPlan } from "../../../environments/plan/types.js";
import { environmentNameProblem } from "../../../naming.js";
import { loadCatalogue } from "../../../services/catalogue.js";
import { CLAIM_TYPES } from "../../../services/claims.js";
import { BACKEND, configOf, errorOf, facts, renderedOf, serviceOf } from "./fixtures.js";

const ROOT = join(import.meta.dirname, "../../..");

function decide(name: string, keys: Readonly<Record<string, string>>): Promise<EnvironmentPlan> {
  return decideEnvironment(configOf(name, keys), { root: ROOT, facts, backend: BACKEND });
}

/** Every name that an environment takes where others could take it too: outside of its namespace. */
function sharedNames({ services }: EnvironmentPlan): string[] {
  return services.flatMap(({ routes, claims }) => [
    ...routes.map(({ host }) => host),
    ...claims
      .filter(({ type }) => type === "kafka-topic" || /^(sqs|sns|s3|dynamodb)-/.test(type))
      .map(({ physicalName }) => physicalName),
  ]);
}

/** Checks what holds for every environment: all in its namespace, all shared names its own. */
function assertIsolated(plan: EnvironmentPlan): void {
  const { environment, tenancy, services } = plan;
  const objects = [tenancy, ...services.map((service) => service.objects)].flat();
  for (const { manifest } of objects) {
    const { kind, metadata } = manifest;
    const place = kind === "Namespace" ? metadata.name : metadata.namespace;
    assert.equal(place, environment, `${kind} ${metadata.name}`);
    assert.equal(metadata.labels?.["ed8k.dev/env"], environment, `${kind} ${metadata.name}`);
  }
  for (const name of sharedNames(plan)) {
    const isHost = name.endsWith(`--${environment}.${facts.domain}`);
    const isPrefixed = name.startsWith(`${environment}--`) || name.startsWith(`${environment}.`);
    assert(isHost || isPrefixed, name);
  }
}

describe("deciding what an environment consists of", () => {
  it("gives two environments with the whole catalogue no name in common [row 29] [row 30] [row 60]", async () => {
    const { services } = await loadCatalogue(ROOT, "services/catalogue.yaml");
    const keys = { profile: "full", start: JSON.stringify(Object.keys(services)), size: "l" };
    const plans = await Promise.all(["alice", "alice-2"].map((name) => decide(name, keys)));
    plans.forEach(assertIsolated);
    const [one, other] = plans.map((plan) => sharedNames(plan));
    assert.deepEqual(
      one?.filter((name) => other?.includes(name)),
      [],
    );
    assert(one !== undefined && one.length >= 8);
  });

  it("gives any two environments no name in common", () => {
    const letters = fc.stringMatching(/^[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,4}){0,2}$/);
    const name = letters.filter((text) => environmentNameProblem(text) === undefined);
    const service = fc.stringMatching(/^[a-z][a-z0-9]{0,4}(-[a-z0-9]{1,4}){0,2}$/);
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 2, maxLength: 2 }), service, (environments, called) => {
        const resources = Object.fromEntries(CLAIM_TYPES.map((type) => [type, { type, ...required(type) }]));
        const text = `apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { ports: [{ port: 80 }] }\n`;
        const routes = { http: { service: "web", port: 80 }, admin: { service: "web", port: 80 } };
        const rendered = renderedOf(serviceOf(called, { resources, routes }), text);
        const plans = environments.map((environment) =>
          planEnvironment({ config: configOf(environment), facts, backend: BACKEND, services: [rendered] }),
        );
        plans.forEach(assertIsolated);
        const names = plans.flatMap((plan) => sharedNames(plan));
        assert.equal(new Set(names).size, names.length);
      }),
    );
  });

  it("bends charts that others wrote, and says what", async () => {
    const plan = await decide("alice", { catalogue: "test/charts/catalogue.yaml", profile: "bent" });
    assertIsolated(plan);
    const told = plan.notes.filter(({ subject }) => subject !== "hooks");
    assert.deepEqual(
      told.map(({ subject, rule, text }) => `${subject} ${rule}: ${text}`),
      [
        'shop bent: NetworkPolicy "shop-open" is left out: the environment\'s own policies hold',
        'shop bent: PodDisruptionBudget "shop-api" is left out while there is one replica',
        'shop bent: Service "shop-web": LoadBalancer becomes ClusterIP',
        'shop bent: Service "shop-api": NodePort becomes ClusterIP',
        "shop bent: the priority class shop-critical becomes ed8k-dev",
        'shop bent: StatefulSet "shop-cart": its volumes go with it when the service is stopped',
        'shop bent: Ingress "shop": the host shop.example.com becomes shop--alice.dev.example.com',
        'shop bent: Ingress "shop": the class nginx becomes ed8k',
        'shop bent: Ingress "shop": tls is dropped: the cluster\'s gateway has the certificate',
        'shop bent: Service "shop-api" answers at https://shop-api--alice.dev.example.com',
        'shop access: RoleBinding "shop": pods have no way to the API server, so that these rights are of no use to them',
        'vault unstable: Secret "vault-password": data.password, data["tls.crt"] are new at each rendering; the first value is kept',
        'vault unstable: Deployment "vault": spec.template.metadata.annotations["checksum/ca"], spec.template.spec.containers[0].env[1].value are new at each rendering; the first value is kept, and with it all of spec.template.spec.containers[0].env, until the service is stopped',
        'vault unstable: Job "unseal": spec.template.spec.containers[0].args[0] is new at each rendering; the first value is kept',
        "vault lookup: a template calls lookup, which finds nothing: charts are rendered without a cluster",
        "vault bent: its CustomResourceDefinitions (crds/) are left out: they belong to the whole cluster",
      ],
    );
    const hooks = plan.services.find(({ name }) => name === "hooks");
    assert.deepEqual(
      hooks?.objects.map(({ id, after }) => [id.replace(/-\w{8}$/, ""), after.length - 11]),
      [
        ["hooks/ConfigMap/settings", -11],
        ["hooks/ConfigMap/migrations", -11],
        ["hooks/Job/prepare", 2],
        ["hooks/Job/migrate", 3],
        ["hooks/Deployment/main", 4],
        ["hooks/Job/seed", 4],
        ["hooks/Job/announce", -10],
      ],
    );
  });

  it("names Jobs alike each time, whatever their charts make anew", async () => {
    const keys = { catalogue: "test/charts/catalogue.yaml", profile: "bent" };
    const [one, other] = await Promise.all([decide("alice", keys), decide("alice", keys)]);
    const ids = (plan: EnvironmentPlan | undefined) =>
      plan?.services.flatMap(({ objects }) => objects.map(({ id }) => id));
    assert.deepEqual(ids(one), ids(other));
  });

  it("knows the services whose values are set", async () => {
    const error = await errorOf(() => decide("alice", { values: '{"boss":{"replicas":2}}' }));
    assert.equal(error.message, 'services: ed8k:values: "boss" is no service of services/catalogue.yaml');
    assert.equal(error.hint, "did you mean bos?");
  });

  it("refuses all that is harmful in all charts at once, with file and line", async () => {
    const error = await errorOf(() => decide("alice", { catalogue: "test/charts/catalogue.yaml", profile: "refused" }));
    assert.equal(error.exit, "usage");
    const places = error.message.split("\n").map((line) => /test\/charts\/(\S+): .*\[(.*)\]/.exec(line)?.slice(1, 3));
    assert.deepEqual(places.slice(1), [
      ["cluster-role/templates/access.yaml:6", "scope"],
      ["cluster-role/templates/access.yaml:12", "scope"],
      ["foreign-namespace/templates/settings.yaml:5", "namespace"],
      ["host-path/templates/agent.yaml:15", "pod-security"],
      ["privileged/templates/agent.yaml:10", "pod-security"],
      ["privileged/templates/agent.yaml:15", "pod-security"],
      ["privileged/templates/agent.yaml:16", "pod-security"],
    ]);
    assert.match(error.message, /^services of alice: 7 faults:\n/);
  });
});

function required(type: string): Readonly<Record<string, unknown>> {
  return type === "dynamodb-table" ? { params: { hashKey: { name: "id", type: "S" } } } : {};
}
