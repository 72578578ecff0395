import { rewriteImage, type ImageRule } from "../../environments/bend/images.js";
import type { PlannedObject } from "../../environments/plan/types.js";
import type { Json, JsonObject } from "../../kube/manifest.js";
import { NAMESPACES, PRIORITIES } from "../../naming.js";
import { VERSIONS } from "../../versions.js";
import { platformObject } from "./object.js";

const NAME = "kafka";
export const KAFKA_PORT = 9092;
const CONTROLLER_PORT = 9093;
/** The user that the image runs as. https://github.com/apache/kafka/blob/trunk/docker/jvm/Dockerfile */
const USER = 1000;

/** `host:port` of the shared broker, as pods in any namespace reach it. */
export const KAFKA_BOOTSTRAP = `${NAME}.${NAMESPACES.shared}.svc.cluster.local:${KAFKA_PORT}`;

/** Id of the broker among what a cluster stack registers. */
export const BROKER = `${NAMESPACES.shared}/StatefulSet/${NAME}`;

export interface SharedKafkaArgs {
  readonly images: readonly ImageRule[];
  /** Fields of the pod's spec that say which nodes it is for; none where all are alike. */
  readonly placement: JsonObject;
}

/** One KRaft broker for all environments, whose topics begin with the environment's name. */
export function sharedKafka(after: readonly string[], { images, placement }: SharedKafkaArgs): PlannedObject[] {
  const labels = { "app.kubernetes.io/name": NAME };
  const service = platformObject(
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: NAME, namespace: NAMESPACES.shared, annotations: { "pulumi.com/skipAwait": "true" } },
      spec: { selector: labels, ports: [{ name: "kafka", port: KAFKA_PORT, targetPort: "kafka" }] },
    },
    after,
  );
  const broker = platformObject(
    {
      apiVersion: "apps/v1",
      kind: "StatefulSet",
      metadata: { name: NAME, namespace: NAMESPACES.shared },
      spec: {
        serviceName: NAME,
        replicas: 1,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { ...podSpec(images), ...placement } },
        volumeClaimTemplates: [
          {
            metadata: { name: "data" },
            spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "20Gi" } } },
          },
        ],
      },
    },
    [...after, service.id],
  );
  return [service, broker];
}

function podSpec(images: readonly ImageRule[]): JsonObject {
  return {
    priorityClassName: PRIORITIES.platform,
    automountServiceAccountToken: false,
    // Kubernetes' variables for the Service would be read as Kafka settings: KAFKA_PORT and others.
    enableServiceLinks: false,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: USER,
      runAsGroup: USER,
      fsGroup: USER,
      seccompProfile: { type: "RuntimeDefault" },
    },
    containers: [
      {
        name: NAME,
        image: rewriteImage(VERSIONS.images.kafka, images),
        env: Object.entries(SETTINGS).map(([name, value]) => ({ name, value })),
        ports: [{ name: NAME, containerPort: KAFKA_PORT }],
        // Ready a second after it serves; a broker that must recover may take an hour.
        startupProbe: { tcpSocket: { port: NAME }, periodSeconds: 1, failureThreshold: 3600 },
        readinessProbe: { tcpSocket: { port: NAME }, periodSeconds: 5 },
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
        resources: { requests: { cpu: "250m", memory: "1Gi" }, limits: { memory: "2Gi" } },
        volumeMounts: [{ name: "data", mountPath: "/var/lib/kafka" }] satisfies Json,
      },
    ],
  };
}

/** https://kafka.apache.org/documentation/#brokerconfigs */
const SETTINGS = {
  KAFKA_NODE_ID: "1",
  KAFKA_PROCESS_ROLES: "broker,controller",
  KAFKA_CONTROLLER_QUORUM_VOTERS: `1@localhost:${CONTROLLER_PORT}`,
  KAFKA_CONTROLLER_LISTENER_NAMES: "CONTROLLER",
  KAFKA_LISTENERS: `PLAINTEXT://:${KAFKA_PORT},CONTROLLER://localhost:${CONTROLLER_PORT}`,
  KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://${KAFKA_BOOTSTRAP}`,
  KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
  KAFKA_INTER_BROKER_LISTENER_NAME: "PLAINTEXT",
  // A volume's root may hold lost+found, which Kafka would take for a partition.
  KAFKA_LOG_DIRS: "/var/lib/kafka/data",
  // A topic comes from a claim; a misspelt name must not make one.
  KAFKA_AUTO_CREATE_TOPICS_ENABLE: "false",
  KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: "1",
  KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: "1",
  KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: "1",
  KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: "0",
  KAFKA_HEAP_OPTS: "-Xms512m -Xmx1g",
} as const;
