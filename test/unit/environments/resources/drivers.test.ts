import assert from "node:assert/strict";
import { DRIVERS } from "../../../../environments/resources/drivers.js";
import { futureName } from "../../../../environments/resources/future-names.js";
import { CLAIM_TYPES, OUTPUTS, PARAMS } from "../../../../services/claims.js";
import { VERSIONS } from "../../../../versions.js";
import { facts } from "../fixtures.js";

const context = { environment: "alice", facts };
const labels = { "ed8k.dev/env": "alice", "ed8k.dev/service": "bos", "ed8k.dev/claim": "db" };
const selector = { "ed8k.dev/service": "bos", "ed8k.dev/claim": "db" };

describe("drivers of claims", () => {
  for (const type of ["postgres", "redis", "kafka-topic"] as const) {
    it(`of ${type} give the outputs that the type has, and no other`, () => {
      const claim = { service: "bos", name: "db", params: PARAMS[type].parse({}) as never };
      assert.deepEqual(Object.keys(DRIVERS[type]?.fulfil(claim, context).outputs ?? {}), [...OUTPUTS[type]]);
    });
  }

  it("are there for these types", () => {
    assert.deepEqual(
      CLAIM_TYPES.filter((type) => DRIVERS[type] !== undefined),
      ["postgres", "redis", "kafka-topic"],
    );
  });

  it("make PostgreSQL of a pod with a volume, a Service and a Secret", () => {
    const ready = ["pg_isready", "--username", "app", "--dbname", "app", "--host", "127.0.0.1"];
    const params = PARAMS.postgres.parse({ version: "18", size: "m" });
    const fulfilment = DRIVERS.postgres?.fulfil({ service: "bos", name: "db", params }, context);
    assert.deepEqual(fulfilment?.outputs, {
      host: ["bos--db"],
      port: ["5432"],
      name: ["app"],
      username: ["app"],
      password: [{ secret: "bos--db" }],
    });
    assert.deepEqual(fulfilment.secrets, [{ name: "bos--db", length: 24 }]);
    const [secret, service, set] = fulfilment.objects;
    assert.deepEqual(secret, {
      id: "bos/Secret/bos--db",
      manifest: { apiVersion: "v1", kind: "Secret", metadata: { name: "bos--db", namespace: "alice", labels } },
      after: [],
      ignoreChanges: [],
      secretData: { password: [{ secret: "bos--db" }] },
    });
    assert.deepEqual(service?.manifest["spec"], {
      selector,
      ports: [{ port: 5432, targetPort: 5432 }],
    });
    assert.deepEqual(set?.ignoreChanges, ["spec.volumeClaimTemplates"]);
    assert.deepEqual(set.manifest, {
      apiVersion: "apps/v1",
      kind: "StatefulSet",
      metadata: { name: "bos--db", namespace: "alice", labels },
      spec: {
        serviceName: "bos--db",
        replicas: 1,
        selector: { matchLabels: selector },
        persistentVolumeClaimRetentionPolicy: { whenDeleted: "Delete", whenScaled: "Retain" },
        template: {
          metadata: { labels },
          spec: {
            priorityClassName: "ed8k-data",
            automountServiceAccountToken: false,
            terminationGracePeriodSeconds: 10,
            securityContext: {
              runAsNonRoot: true,
              runAsUser: 999,
              runAsGroup: 999,
              fsGroup: 999,
              seccompProfile: { type: "RuntimeDefault" },
            },
            containers: [
              {
                name: "main",
                image: "docker.io/library/postgres:18.0",
                env: [
                  { name: "POSTGRES_USER", value: "app" },
                  { name: "POSTGRES_DB", value: "app" },
                  { name: "POSTGRES_PASSWORD", valueFrom: { secretKeyRef: { name: "bos--db", key: "password" } } },
                  { name: "PGDATA", value: "/data/18" },
                ],
                ports: [{ containerPort: 5432 }],
                securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
                startupProbe: { exec: { command: ready }, periodSeconds: 1, timeoutSeconds: 3, failureThreshold: 3600 },
                readinessProbe: { exec: { command: ready }, periodSeconds: 5, timeoutSeconds: 3 },
                resources: { requests: { cpu: "250m", memory: "512Mi" }, limits: { memory: "512Mi" } },
                volumeMounts: [{ name: "data", mountPath: "/data" }],
              },
            ],
          },
        },
        volumeClaimTemplates: [
          {
            metadata: { name: "data", labels },
            spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "10Gi" } } },
          },
        ],
      },
    });
  });

  it("tell when the cluster's rules give them another image than usual", () => {
    const images = [
      { from: "docker.io/library/postgres:17.6", to: "ed8k.local/postgres:15" },
      { from: "docker.io/valkey/", to: "mirror.example.com/valkey/" },
      { from: "docker.io/apache/kafka", to: "mirror.example.com/kafka" },
    ];
    const notesOf = (type: "postgres" | "redis" | "kafka-topic", rules: typeof images) =>
      DRIVERS[type]?.fulfil(
        { service: "bos", name: "db", params: PARAMS[type].parse({}) as never },
        {
          ...context,
          facts: { ...facts, images: rules },
        },
      ).notes;
    assert.deepEqual(notesOf("postgres", images), [
      "bos--db runs ed8k.local/postgres:15 instead of docker.io/library/postgres:17.6",
    ]);
    const [redis, kafka] = [VERSIONS.images.redis["8"], VERSIONS.images.kafka];
    assert.deepEqual(notesOf("redis", images), [
      `bos--db runs ${redis.replace("docker.io", "mirror.example.com")} instead of ${redis}`,
    ]);
    assert.deepEqual(notesOf("kafka-topic", images), [
      `the Job that makes the topic alice.db runs ${kafka.replace("docker.io/apache", "mirror.example.com")} instead of ${kafka}`,
    ]);
    assert.deepEqual(
      (["postgres", "redis", "kafka-topic"] as const).map((type) => notesOf(type, [])),
      [[], [], []],
    );
  });

  it("make a topic by a Job that is new when the topic is to be another", () => {
    const job = (partitions: number) => {
      const params = PARAMS["kafka-topic"].parse({
        partitions,
        config: { "cleanup.policy": "compact,delete", "retention.ms": "1" },
      });
      return DRIVERS["kafka-topic"]?.fulfil({ service: "bos", name: "deals", params }, context);
    };
    assert.deepEqual(job(3)?.outputs, {
      name: ["alice.deals"],
      bootstrap: ["kafka.ed8k-shared.svc.cluster.local:9092"],
      groupPrefix: ["alice."],
    });
    const [made] = job(3)?.objects ?? [];
    const { spec } = made?.manifest as unknown as {
      spec: { template: { spec: Record<"initContainers" | "containers", { command: string[]; args: string[] }[]> } };
    };
    const { initContainers, containers } = spec.template.spec;
    assert.deepEqual(initContainers[0]?.args, [
      ...["--bootstrap-server", "kafka.ed8k-shared.svc.cluster.local:9092", "--create", "--if-not-exists"],
      ...["--topic", "alice.deals", "--partitions", "3", "--replication-factor", "1"],
      ...["--config", "cleanup.policy=compact,delete", "--config", "retention.ms=1"],
    ]);
    assert.deepEqual(containers[0]?.command, ["/opt/kafka/bin/kafka-configs.sh"]);
    assert.deepEqual(containers[0].args, [
      ...["--bootstrap-server", "kafka.ed8k-shared.svc.cluster.local:9092", "--alter", "--entity-type", "topics"],
      ...["--entity-name", "alice.deals", "--add-config", "cleanup.policy=[compact,delete],retention.ms=1"],
    ]);
    assert.deepEqual(job(3)?.notes, ["the topic alice.deals keeps its partitions if it is there already"]);
    assert.deepEqual(job(1)?.notes, []);
    assert.notEqual(made?.id, job(4)?.objects[0]?.id);
  });

  it("take their images from where the cluster says", () => {
    const images = [
      { from: "docker.io/library/postgres:17.6", to: "ed8k.local/postgres:15" },
      { from: "docker.io/valkey/valkey:8.1.4", to: "ed8k.local/redis:7" },
      { from: "docker.io/apache/", to: "mirror.example.com/apache/" },
    ];
    const taken = (["postgres", "redis", "kafka-topic"] as const).map((type) => {
      const config = type === "kafka-topic" ? { config: { "retention.ms": "1" } } : {};
      const claim = { service: "bos", name: "db", params: PARAMS[type].parse(config) as never };
      const objects = DRIVERS[type]?.fulfil(claim, { ...context, facts: { ...facts, images } }).objects;
      return [...JSON.stringify(objects).matchAll(/"image":"([^"]+)"/g)].map(([, image]) => image);
    });
    assert.deepEqual(taken, [
      ["ed8k.local/postgres:15"],
      ["ed8k.local/redis:7"],
      ["mirror.example.com/apache/kafka:4.1.0", "mirror.example.com/apache/kafka:4.1.0"],
    ]);
  });

  it("that are still to come name things so that no two services share them", () => {
    const claim = (service: string, name: string) => ({ service, name, params: {} as never });
    assert.equal(futureName("s3-bucket", claim("bos", "x-files"), "alice"), "alice--bos--x-files");
    assert.equal(futureName("s3-bucket", claim("bos-x", "files"), "alice"), "alice--bos-x--files");
    assert.equal(futureName("mongodb", claim("bos", "store"), "alice"), "bos--store");
  });
});
