import assert from "node:assert/strict";
import { planEnvironment } from "../../../../environments/plan/plan.js";
import type { EnvironmentPlan, PlannedObject } from "../../../../environments/plan/types.js";
import type { RenderedService } from "../../../../environments/render/rendered.js";
import { BACKEND, configOf, errorOf, facts, renderedOf, serviceOf } from "../fixtures.js";

function plan(services: readonly RenderedService[], keys: Readonly<Record<string, string>> = {}): EnvironmentPlan {
  return planEnvironment({ config: configOf("alice", keys), facts, backend: BACKEND, services });
}

function objectsOf(planned: EnvironmentPlan, index = 0): readonly PlannedObject[] {
  return planned.services[index]?.objects ?? [];
}

const configMap = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\n`;
const pods = (kind: string, name: string, hook = ""): string => `apiVersion: ${kind === "Job" ? "batch" : "apps"}/v1
kind: ${kind}
metadata: { name: ${name}${hook === "" ? "" : `, annotations: { helm.sh/hook: ${hook} }`} }
spec: { template: { spec: { containers: [{ name: a, image: nginx:1 }] } } }
`;
const webService =
  "apiVersion: v1\nkind: Service\nmetadata: { name: bos-web }\nspec: { ports: [{ name: http, port: 80 }] }\n";

describe("the plan of an environment", () => {
  it("of no service is its tenancy [row 30]", () => {
    const planned = plan([]);
    assert.deepEqual(
      planned.tenancy.map(({ id }) => id),
      [
        "Namespace/alice",
        "RoleBinding/editors",
        "ResourceQuota/environment",
        "LimitRange/containers",
        "NetworkPolicy/default-deny",
        "NetworkPolicy/same-namespace",
        "NetworkPolicy/from-platform",
        "NetworkPolicy/to-dns",
        "NetworkPolicy/to-kafka",
        "NetworkPolicy/to-internet",
        "NetworkPolicy/to-pod-identity",
        "ServiceAccount/default",
      ],
    );
    assert.deepEqual(planned.services, []);
    assert.deepEqual(planned.quota.used, {
      "requests.cpu": 0,
      "requests.memory": 0,
      "limits.memory": 0,
      "requests.storage": 0,
      persistentvolumeclaims: 0,
      pods: 0,
    });
  });

  it("fulfils claims, and binds them by one ConfigMap and one Secret", () => {
    const bos = serviceOf("bos", {
      resources: { db: { type: "postgres" }, jobs: { type: "sqs-queue" }, deals: { type: "kafka-topic" } },
      variables: {
        DATABASE_URL: "postgres://${resources.db.username}:${resources.db.password}@${resources.db.host}/app",
        DATABASE_HOST: "${resources.db.host}",
        TOPIC: "${resources.deals.name}",
        MODE: "fast",
        JOBS_URL: "${resources.jobs.url}",
      },
    });
    const planned = plan([renderedOf(bos, pods("Deployment", "bos-web"))]);
    assert.deepEqual(planned.services[0]?.claims, [
      { service: "bos", name: "db", type: "postgres", driver: "in-cluster", physicalName: "bos--db" },
      { service: "bos", name: "jobs", type: "sqs-queue", driver: undefined, physicalName: "alice--bos--jobs" },
      { service: "bos", name: "deals", type: "kafka-topic", driver: "in-cluster", physicalName: "alice.deals" },
    ]);
    assert.deepEqual(planned.secrets, [{ name: "bos--db", length: 24 }]);
    const objects = objectsOf(planned);
    assert.deepEqual(
      objects.map(({ id }) => id),
      [
        "bos/Secret/bos--db",
        "bos/Service/bos--db",
        "bos/StatefulSet/bos--db",
        "bos/Job/bos--deals-eabb1a3c",
        "bos/ConfigMap/bos-bindings",
        "bos/Secret/bos-bindings",
        "bos/Deployment/bos-web",
      ],
    );
    const [settings, secret] = objects.slice(4);
    assert.deepEqual(settings?.manifest["data"], { DATABASE_HOST: "bos--db", TOPIC: "alice.deals", MODE: "fast" });
    assert.deepEqual(secret?.secretData, {
      DATABASE_URL: ["postgres://", "app", ":", { secret: "bos--db" }, "@", "bos--db", "/app"],
    });
    assert.deepEqual(Object.keys(secret?.manifest ?? {}), ["apiVersion", "kind", "metadata"]);
    assert.deepEqual(
      planned.notes.map(({ rule, text }) => `${rule}: ${text}`),
      [
        'claim: the sqs-queue "jobs" is not made: this version only checks it',
        "claim: JOBS_URL is left out, for its claim is not made in this version",
      ],
    );
  });

  it("counts claims, pods and volumes against the quota", () => {
    const bos = serviceOf("bos", { resources: { db: { type: "postgres" } } });
    const planned = plan([renderedOf(bos, pods("Deployment", "bos-web").replace("spec: {", "spec: { replicas: 3,"))]);
    const MIB = 1024 ** 2;
    assert.deepEqual(planned.quota.used, {
      "requests.cpu": 0.1 + 3 * 0.05,
      "requests.memory": 256 * MIB + 3 * 128 * MIB,
      "limits.memory": 256 * MIB + 3 * 512 * MIB,
      "requests.storage": 2048 * MIB,
      persistentvolumeclaims: 1,
      pods: 4,
    });
  });

  it("refuses what does not fit, and says what would", async () => {
    const text = pods("Deployment", "web").replace("spec: {", "spec: { replicas: 31,");
    const error = await errorOf(() => plan([renderedOf(serviceOf("bos"), text)], { size: "s" }));
    assert.equal(error.message, "alice does not fit its quota: pods: the services need 31, size s allows 30");
    assert.equal(error.hint, "choose --size m, or start fewer services");
    assert.equal(error.exit, "failed");
  });

  it("keeps what a chart makes anew each time; of lists the whole, in which places may shift", () => {
    const bos = serviceOf("bos", { variables: { MODE: "fast" } });
    const rendered = renderedOf(
      bos,
      pods("Deployment", "web").replace("image: nginx:1", "image: nginx:1, envFrom: [{ prefix: A }]"),
    );
    const container = ["spec", "template", "spec", "containers", 0];
    const unstable = [
      [...container, "envFrom", 0, "prefix"],
      ["spec", "template", "metadata", "annotations", "ed8k.dev/bindings"],
      ["spec", "gone"],
    ];
    const objects = rendered.objects.map((object) => ({ ...object, unstable }));
    const [, deployment] = objectsOf(plan([{ ...rendered, objects }]));
    assert.deepEqual(deployment?.ignoreChanges, [
      "spec.template.spec.containers[0].envFrom",
      'spec.template.metadata.annotations["ed8k.dev/bindings"]',
    ]);
  });

  it("leaves what runs once as it was made", () => {
    const [job] = objectsOf(plan([renderedOf(serviceOf("bos"), pods("Job", "seed", "post-install"))]));
    assert.equal(job?.id, "bos/Job/seed");
    assert.deepEqual(job.ignoreChanges, ["spec"]);
  });

  it("lets pods wait for what they cannot start without, and for nothing else", () => {
    const bos = serviceOf("bos", { resources: { db: { type: "postgres" } }, variables: { MODE: "fast" } });
    const text = [
      pods("Deployment", "web"),
      configMap("settings"),
      webService,
      pods("Job", "migrate", '"pre-install,pre-upgrade"'),
      pods("Job", "seed", '"post-install,post-upgrade"'),
    ].join("---\n");
    const objects = objectsOf(plan([renderedOf(bos, text)]));
    const walls = plan([])
      .tenancy.slice(1)
      .map(({ id }) => id);
    const after = Object.fromEntries(
      objects.map((object) => [object.manifest.metadata.name.replace(/^(migrate|seed)-.*/, "$1"), object.after]),
    );
    const settings = [...walls, "bos/ConfigMap/bos-bindings", "bos/ConfigMap/settings"];
    const [migrate] = objects.filter(({ id }) => id.startsWith("bos/Job/migrate-"));
    const claims = ["bos/Secret/bos--db", "bos/Service/bos--db", "bos/StatefulSet/bos--db"];
    assert.deepEqual(after, {
      "bos--db": [...walls, "bos/Secret/bos--db"],
      "bos-bindings": [],
      settings: [],
      migrate: [...settings, ...claims],
      "bos-web": [migrate?.id],
      web: [...settings, migrate?.id],
      seed: [...settings, ...claims, migrate?.id, "bos/Service/bos-web"],
    });
  });

  it("has every object after those that it names, in one list", () => {
    const services = ["bos", "fxsuite"].map((name) =>
      renderedOf(serviceOf(name), [pods("Job", `${name}-a`, "pre-install"), pods("Deployment", name)].join("---\n")),
    );
    const { tenancy, services: planned } = plan(services);
    const seen = new Set<string>();
    for (const { id, after } of [tenancy, ...planned.map(({ objects }) => objects)].flat()) {
      assert.deepEqual(
        after.filter((other) => !seen.has(other)),
        [],
      );
      assert(!seen.has(id), id);
      seen.add(id);
    }
  });
});

describe("what an environment refuses", () => {
  const cases: readonly [what: string, services: readonly RenderedService[], message: string][] = [
    [
      "two charts that make one object",
      [renderedOf(serviceOf("bos"), configMap("redis")), renderedOf(serviceOf("fxsuite"), configMap("redis"))],
      "services of alice: fxsuite/ConfigMap/redis: is made by bos too, and one namespace holds only one of the name",
    ],
    [
      "a chart that makes what the environment has",
      [renderedOf(serviceOf("bos"), "apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: default }\n")],
      "services of alice: bos/ServiceAccount/default: is made by the environment itself too, and one namespace holds only one of the name",
    ],
    [
      "a chart that makes its own bindings",
      [renderedOf(serviceOf("bos", { variables: { A: "b" } }), configMap("bos-bindings"))],
      "services of alice: bos/ConfigMap/bos-bindings: is made twice: by the chart and by a claim, a binding or a route of the service",
    ],
    [
      "a route to no Service",
      [renderedOf(serviceOf("bos", { routes: { http: { service: "bos-wbe", port: 80 } } }), webService)],
      'services of alice: services/bos/ed8k.yaml: routes.http.service: "bos-wbe" is no Service of the chart, which has bos-web [routes]',
    ],
    [
      "a route to no port",
      [renderedOf(serviceOf("bos", { routes: { http: { service: "bos-web", port: "https" } } }), webService)],
      'services of alice: services/bos/ed8k.yaml: routes.http.port: "https" is no port of Service "bos-web", which has http [routes]',
    ],
    [
      "one host for two routes",
      [
        renderedOf(serviceOf("bos", { routes: { web: { service: "bos-web", port: 80 } } }), webService),
        renderedOf(
          serviceOf("bos-web", { routes: { http: { service: "x", port: 80 } } }),
          webService.replace("bos-web", "x"),
        ),
      ],
      "routes of alice: bos-web/http: wants the host bos-web--alice.dev.example.com, which bos/web has",
    ],
  ];
  for (const [what, services, message] of cases) {
    it(what, async () => assert.equal((await errorOf(() => plan(services))).message, message));
  }

  it("claims whose images the cluster does not allow", async () => {
    const services = [renderedOf(serviceOf("bos", { resources: { cache: { type: "redis" } } }), configMap("a"))];
    const only = { ...facts, allowedRegistries: ["ghcr.io/"] };
    const error = await errorOf(() =>
      planEnvironment({ config: configOf("alice"), facts: only, backend: BACKEND, services }),
    );
    assert.equal(
      error.message,
      'services of alice: bos/StatefulSet/bos--cache: StatefulSet "bos--cache" runs the image "docker.io/valkey/valkey:8.1.4"; allowed are images from ghcr.io/',
    );
  });

  it("no claims whose images are taken from where the cluster allows them", () => {
    const services = [renderedOf(serviceOf("bos", { resources: { cache: { type: "redis" } } }), configMap("a"))];
    // A rule is applied once: that another one begins with where it leads to changes nothing.
    const images = [
      { from: "docker.io/", to: "ghcr.io/hub/" },
      { from: "ghcr.io/hub/", to: "elsewhere.example.com/" },
    ];
    const only = { ...facts, allowedRegistries: ["ghcr.io/"], images };
    const planned = planEnvironment({ config: configOf("alice"), facts: only, backend: BACKEND, services });
    assert.match(JSON.stringify(planned.services), /"image":"ghcr.io\/hub\/valkey\/valkey:8.1.4"/);
  });
});
