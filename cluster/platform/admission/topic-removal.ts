import type { ImageRule } from "../../../environments/bend/images.js";
import type { PlannedObject } from "../../../environments/plan/types.js";
import { kafkaTopicsPod } from "../../../environments/resources/kafka-topic.js";
import { ENVIRONMENT, TOPIC_REMOVAL, topicPattern } from "../../../naming.js";
import { KAFKA_BOOTSTRAP } from "../kafka.js";
import { admissionPolicy, dataLiteral, literal, literals } from "./policy.js";

/** Labels that Kubernetes puts on the pods of a Job; another one could make the pod a broker to Kafka's Service. */
const JOB_LABELS = ["controller-uid", "job-name", "batch.kubernetes.io/controller-uid", "batch.kubernetes.io/job-name"];
/** By each of these a pod could do or see something else than its command says. */
const NOT_IN_POD = ["volumes", "initContainers", "serviceAccountName", "hostAliases", "dnsConfig", "nodeName"];
const NOT_IN_CONTAINER = [
  ...["env", "envFrom", "volumeMounts", "volumeDevices", "lifecycle", "workingDir", "ports"],
  ...["livenessProbe", "readinessProbe", "startupProbe"],
];

/**
 * Where the shared Kafka runs developers run one kind of Job: it removes the topics of the environment that its name
 * tells. The environment is gone by then, so nobody can say whose it was.
 * @param images by which the image of the Job is taken from elsewhere
 */
export function topicRemovalPolicy(images: readonly ImageRule[]): PlannedObject[] {
  const { containers } = kafkaTopicsPod([], images);
  const environment = `object.metadata.name.substring(${TOPIC_REMOVAL.length})`;
  const args = ["--bootstrap-server", KAFKA_BOOTSTRAP, "--delete", "--if-exists", "--topic"];
  const [before = "", after = ""] = topicPattern("\0").split("\0");
  const created = (expression: string, message: string) => ({
    expression: `request.operation != 'CREATE' || (${expression})`,
    message: literal(message),
  });
  return admissionPolicy({
    name: "ed8k-topic-removal",
    resources: { batch: ["jobs"] },
    operations: ["CREATE", "UPDATE", "DELETE"],
    scope: "shared",
    appliesTo: "developers",
    variables: {
      pod: "object.spec.template.spec",
      labels: "has(object.spec.template.metadata.labels) ? object.spec.template.metadata.labels : {}",
    },
    validations: [
      {
        expression: `request.operation != 'UPDATE' && request.name.startsWith(${literal(TOPIC_REMOVAL)})`,
        message: "'developers run and remove nothing here but Jobs that remove topics: ' + request.name",
      },
      created(
        `variables.pod.containers.map(one, one.image) == ${literals(containers.map(({ image }) => image))} && ` +
          `variables.pod.containers.map(one, one.command) == ${dataLiteral(containers.map(({ command }) => command))} && ` +
          `variables.pod.containers[0].args == ${literals(args)} + [${literal(before)} + ${environment} + ${literal(after)}] && ` +
          `${environment}.matches(${literal(ENVIRONMENT.source)})`,
        "a Job that removes topics does that alone, for the environment that its name tells",
      ),
      created(
        `variables.pod.automountServiceAccountToken == false && object.spec.parallelism == 1 && ` +
          `variables.labels.all(label, label in ${literals(JOB_LABELS)}) && ` +
          [
            ...NOT_IN_POD.map((field) => `!has(variables.pod.${field})`),
            ...NOT_IN_CONTAINER.map((field) => `!has(variables.pod.containers[0].${field})`),
          ].join(" && "),
        `a Job that removes topics has no credential, no labels, no more than one pod, and none of ${[...NOT_IN_POD, ...NOT_IN_CONTAINER].join(", ")}`,
      ),
    ],
  });
}
