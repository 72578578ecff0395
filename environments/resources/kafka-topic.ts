import { hash, physicalName, PRIORITIES } from "../../naming.js";
import { VERSIONS } from "../../versions.js";
import { rewriteImage, type ImageRule } from "../bend/images.js";
import { claimImage } from "./claim-image.js";
import { claimObject } from "./claim-object.js";
import type { Driver } from "./driver.js";

/**
 * A topic on the shared broker, named `<env>.<name>`, made by a Job of the environment.
 * `ed8kctl destroy` removes the topics, which the namespace does not hold.
 */
export const sharedKafkaTopic: Driver<"kafka-topic"> = (claim, context) => {
  const topic = physicalName("topic", context.environment, claim.name);
  const { partitions, config } = claim.params;
  const { kafkaBootstrap } = context.facts;
  const settings = Object.entries(config);
  const args = [
    ...["--bootstrap-server", kafkaBootstrap, "--create", "--if-not-exists"],
    ...["--topic", topic, "--partitions", String(partitions), "--replication-factor", "1"],
    ...settings.flatMap(([key, value]) => ["--config", `${key}=${value}`]),
  ];
  // A Job cannot be changed; the hash makes a new one when what it does changes.
  const name = physicalName("statefulSet", claim.service, `${claim.name}-${hash(args.join(" "))}`);
  const { notes } = claimImage(`the Job that makes the topic ${topic}`, VERSIONS.images.kafka, context.facts.images);
  const pod = kafkaTopicsPod(args, context.facts.images);
  return {
    physicalName: topic,
    objects: [
      claimObject(claim, context, {
        apiVersion: "batch/v1",
        kind: "Job",
        metadata: { name },
        spec: {
          backoffLimit: 20,
          template: { spec: settings.length === 0 ? pod : withSettings(pod, [kafkaBootstrap, topic], settings) },
        },
      }),
    ],
    notes: [...notes, ...(partitions > 1 ? [`the topic ${topic} keeps its partitions if it is there already`] : [])],
    secrets: [],
    outputs: { name: [topic], bootstrap: [kafkaBootstrap], groupPrefix: [`${context.environment}.`] },
  };
};

/** The pod, which then gives the topic its settings: one that was there already has those that it was made with. */
function withSettings(
  pod: ReturnType<typeof kafkaTopicsPod>,
  [bootstrap, topic]: readonly [bootstrap: string, topic: string],
  settings: readonly (readonly [key: string, value: string])[],
) {
  // Commas stand between settings; a value that has some is in brackets.
  const added = settings.map(([key, value]) => `${key}=${value.includes(",") ? `[${value}]` : value}`).join(",");
  const args = ["--bootstrap-server", bootstrap, "--alter", "--entity-type", "topics", "--entity-name", topic];
  return {
    ...pod,
    initContainers: pod.containers.map((container) => ({ ...container, name: "create" })),
    containers: pod.containers.map((container) => ({
      ...container,
      command: ["/opt/kafka/bin/kafka-configs.sh"],
      args: [...args, "--add-config", added],
    })),
  };
}

/** Spec of a pod that runs Kafka's tool for topics once. */
export function kafkaTopicsPod(args: readonly string[], images: readonly ImageRule[]) {
  return {
    restartPolicy: "OnFailure",
    priorityClassName: PRIORITIES.data,
    automountServiceAccountToken: false,
    // Kubernetes' variables for Services would be read as Kafka settings: KAFKA_PORT and others.
    enableServiceLinks: false,
    securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: "RuntimeDefault" } },
    containers: [
      {
        name: "main",
        image: rewriteImage(VERSIONS.images.kafka, images),
        command: ["/opt/kafka/bin/kafka-topics.sh"],
        args,
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
        resources: { requests: { cpu: "50m", memory: "128Mi" }, limits: { memory: "256Mi" } },
      },
    ],
  };
}
