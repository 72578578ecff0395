import assert from "node:assert/strict";
import { containersOf } from "../../../services/lint/containers.js";
import { quotaUse } from "../../../environments/plan/quota.js";
import { renderServices } from "../environments/render/render-services.js";
import type { RenderedService } from "../../../environments/render/rendered.js";
import { hardOf } from "../../../environments/size.js";
import type { JsonObject } from "../../../kube/manifest.js";
import { checkoutRoot } from "../../../sandbox/paths.js";
import { loadCatalogue, type Catalogue } from "../../../services/catalogue.js";
import { chartLoader } from "../../../services/fetch/fetch-chart.js";
import { lintChart } from "../../../services/lint/lint.js";
import { resolveServices } from "../../../services/resolve.js";
import { VERSIONS } from "../../../versions.js";

const root = checkoutRoot();

/** Everything in this repository, as environment `alice` would run it. */
async function rendered(values: Readonly<Record<string, JsonObject>> = {}): Promise<readonly RenderedService[]> {
  const catalogue = await loadCatalogue(root, "services/catalogue.yaml");
  const load = chartLoader({ root, catalogue, work: { report: () => undefined } });
  const start = Object.keys(catalogue.services);
  const services = await resolveServices({ profile: "full", start, stop: [], versions: {} }, catalogue, load);
  return renderServices(services, { environment: "alice", kubernetesVersion: VERSIONS.kubernetes, values });
}

function named(services: readonly RenderedService[], name: string): RenderedService {
  const service = services.find((other) => other.service.name === name);
  assert.ok(service, name);
  return service;
}

function objectsOf({ objects }: RenderedService): readonly string[] {
  return objects.map(({ manifest }) => `${manifest.kind} ${manifest.metadata.name}`).toSorted();
}

describe("the sample services", () => {
  let services: readonly RenderedService[];
  let catalogue: Catalogue;
  before(async () => {
    catalogue = await loadCatalogue(root, "services/catalogue.yaml");
    services = await rendered();
  });

  it("are a small and a full profile, core templates and parts on demand [row 40] [row 41] [row 104]", () => {
    assert.deepEqual(catalogue.core, ["toolbox"]);
    assert.deepEqual(catalogue.profiles, { minimal: ["fxsuite"], full: ["bos", "fxsuite", "mailbox"] });
    assert.deepEqual(
      services.map(({ service }) => service.name),
      ["fxsuite", "bos", "kafka-ui", "mailbox", "toolbox"],
    );
  });

  it("are owned by the platform or by their teams [row 42]", () => {
    assert.deepEqual(Object.fromEntries(services.map(({ service }) => [service.name, service.definition.owner])), {
      bos: "team-bos",
      fxsuite: "team-fx",
      "kafka-ui": "platform",
      mailbox: "platform",
      toolbox: "platform",
    });
  });

  for (const [name, objects] of [
    ["fxsuite", ["ConfigMap fxsuite-settings", "Deployment fxsuite", "Service fxsuite"]],
    [
      "bos",
      [
        "ConfigMap bos-settings",
        "Deployment bos-consumer",
        "Deployment bos-web",
        "Deployment bos-worker",
        "Job bos-migration",
        "Service bos-web",
      ],
    ],
    ["toolbox", ["Deployment toolbox"]],
    ["mailbox", ["Deployment mailbox", "Service mailbox"]],
    ["kafka-ui", ["Deployment kafka-ui", "Service kafka-ui"]],
  ] as const) {
    it(`${name} makes ${objects.length} objects`, () => {
      assert.deepEqual(objectsOf(named(services, name)), objects);
    });

    it(`${name} passes lint [row 90]`, async () => {
      assert.deepEqual((await lintChart(`${root}/services/${name}`, `services/${name}`)).faults, []);
    });
  }

  it("bos runs one image with an entrypoint for each process [row 24]", () => {
    const runs = named(services, "bos").objects.flatMap(({ manifest }) =>
      containersOf(manifest).map(({ container }) => [manifest.metadata.name, container["image"], container["command"]]),
    );
    const image = "ghcr.io/ed8k/bos:0.1.0";
    assert.deepEqual(Object.fromEntries(runs.map(([name, , command]) => [name, command])), {
      "bos-web": ["bos", "web"],
      "bos-consumer": ["bos", "consume"],
      "bos-worker": ["bos", "work", "--concurrency=2"],
      "bos-migration": ["bos", "migrate"],
    });
    assert.deepEqual([...new Set(runs.map(([, used]) => used))], [image]);
  });

  it("bos uses Celery, plain Redis and SQS [row 25], and reads FXSuite's Kafka topic [row 27]", () => {
    const { resources, variables, dependsOn } = named(services, "bos").service.definition;
    assert.deepEqual(dependsOn, ["fxsuite"]);
    assert.deepEqual(Object.fromEntries(Object.entries(resources).map(([name, { type }]) => [name, type])), {
      db: "postgres",
      cache: "redis",
      deals: "kafka-topic",
      jobs: "sqs-queue",
      statements: "s3-bucket",
    });
    assert.equal(variables["CELERY_BROKER_URL"], "redis://${resources.cache.host}:${resources.cache.port}/1");
    assert.equal(variables["REDIS_URL"], "redis://${resources.cache.host}:${resources.cache.port}/0");
    assert.equal(variables["JOBS_QUEUE_URL"], "${resources.jobs.url}");
    assert.equal(variables["DEALS_TOPIC"], "${resources.deals.name}");
  });

  it("show life by HTTP or by a file, with time for a slow start", () => {
    const probes = ["fxsuite", "bos"].flatMap((name) =>
      named(services, name).objects.flatMap(({ manifest }) =>
        containersOf(manifest).map(({ container }) => {
          const { startupProbe, livenessProbe, readinessProbe, lifecycle } = container;
          return [manifest.metadata.name, { startupProbe, livenessProbe, readinessProbe, lifecycle }];
        }),
      ),
    );
    const start = { periodSeconds: 2, failureThreshold: 60 };
    const http = (path: string) => ({ httpGet: { path, port: "http" } });
    const web = {
      startupProbe: { ...http("/health/live"), ...start, timeoutSeconds: 5 },
      livenessProbe: { ...http("/health/live"), periodSeconds: 20, timeoutSeconds: 10 },
      readinessProbe: { ...http("/health/ready"), periodSeconds: 5, timeoutSeconds: 5 },
      lifecycle: { preStop: { sleep: { seconds: 2 } } },
    };
    const exec = { exec: { command: ["bos", "healthy"] }, timeoutSeconds: 10 };
    const none = { readinessProbe: undefined, lifecycle: undefined };
    const background = { ...none, startupProbe: { ...exec, ...start }, livenessProbe: { ...exec, periodSeconds: 30 } };
    assert.deepEqual(Object.fromEntries(probes), {
      fxsuite: web,
      "bos-web": web,
      "bos-consumer": background,
      "bos-worker": background,
      "bos-migration": { ...none, startupProbe: undefined, livenessProbe: undefined },
    });
  });

  it("fit the Pod Security standard restricted", () => {
    const pods = services.flatMap(({ objects }) => objects.flatMap(({ manifest }) => containersOf(manifest)));
    assert.equal(pods.length, 8);
    for (const { container } of pods) {
      assert.deepEqual(container["securityContext"], {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ["ALL"] },
      });
    }
    for (const { objects } of services) {
      for (const { manifest } of objects.filter(({ manifest }) => containersOf(manifest).length > 0)) {
        const { template } = manifest["spec"] as { template: { spec: { securityContext: JsonObject } } };
        const { runAsNonRoot, seccompProfile } = template.spec.securityContext;
        assert.deepEqual(
          { runAsNonRoot, seccompProfile },
          { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
        );
      }
    }
  });

  it("take an eighth of the quota of size m at most, and leave room for their claims", () => {
    const objects = services.flatMap(({ objects: all }) => all);
    const planned = objects.map(({ manifest }) => ({
      id: manifest.metadata.name,
      manifest,
      after: [],
      ignoreChanges: [],
    }));
    const used = quotaUse(planned);
    const hard = hardOf("m");
    assert.equal(used.pods, 8);
    assert.ok(used["requests.cpu"] <= hard["requests.cpu"] / 8, String(used["requests.cpu"]));
    assert.ok(used["requests.memory"] <= hard["requests.memory"] / 8, String(used["requests.memory"]));
  });

  it("differ by Helm values where environments do: size and variables [row 56]", async () => {
    const other = await rendered({
      bos: { worker: { concurrency: 8, resources: { limits: { memory: "2Gi" } } }, settings: { LOG_LEVEL: "debug" } },
    });
    const bos = named(other, "bos").objects.map(({ manifest }) => manifest);
    const worker = bos.filter(({ metadata }) => metadata.name === "bos-worker").flatMap(containersOf)[0]?.container;
    assert.deepEqual(worker?.["command"], ["bos", "work", "--concurrency=8"]);
    assert.deepEqual(worker["resources"], { requests: { cpu: "50m", memory: "128Mi" }, limits: { memory: "2Gi" } });
    const settings = bos.find(({ kind }) => kind === "ConfigMap");
    assert.deepEqual(settings?.["data"], { LOG_LEVEL: "debug", SETTLEMENT_LIMIT: "10000000" });
    const unchanged = ["fxsuite", "kafka-ui", "mailbox", "toolbox"];
    for (const name of unchanged) assert.deepEqual(named(other, name).objects, named(services, name).objects);
  });
});
