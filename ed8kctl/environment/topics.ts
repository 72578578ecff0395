import { setTimeout as pause } from "node:timers/promises";
import { UserError } from "../../errors.js";
import type { KubeClient } from "../../kube/client.js";
import { isAlreadyExists } from "../../kube/errors.js";
import type { Manifest } from "../../kube/manifest.js";
import { at, type NamedRef } from "../../kube/object.js";
import { LABELS, NAMESPACES, topicPattern } from "../../naming.js";
import { kafkaTopicsPod } from "../../environments/resources/kafka-topic.js";

const TIMEOUT_MS = 180_000;

/**
 * Removes the environment's topics from the shared broker, by a Job beside it: nobody but pods reaches the broker.
 * @throws UserError when the broker does not do so
 */
export async function removeTopics(
  client: KubeClient,
  environment: string,
  { bootstrap, signal }: { readonly bootstrap: string; readonly signal: AbortSignal },
): Promise<void> {
  const job = removalJob(environment, bootstrap);
  const ref: NamedRef = { apiVersion: "batch/v1", kind: "Job", name: job.metadata.name, namespace: NAMESPACES.shared };
  try {
    await client.create(job);
  } catch (error) {
    // Left by a run that was killed; it does the same.
    if (!isAlreadyExists(error)) throw error;
  }
  try {
    await awaitComplete(client, ref, signal);
  } finally {
    await client.delete(ref, { propagationPolicy: "Foreground" });
  }
}

async function awaitComplete(client: KubeClient, ref: NamedRef, signal: AbortSignal): Promise<void> {
  for (const deadline = Date.now() + TIMEOUT_MS; ; await pause(200, undefined, { signal })) {
    const job = await client.find(ref);
    if (Number(at(job?.["status"], "succeeded") ?? 0) > 0) return;
    if (Date.now() < deadline) continue;
    throw new UserError(
      `the topics are not removed after ${TIMEOUT_MS / 1000} s: Job ${NAMESPACES.shared}/${ref.name} has not succeeded`,
      {
        hint: `kubectl describe job ${ref.name} -n ${NAMESPACES.shared} tells why; then run the command again`,
      },
    );
  }
}

function removalJob(environment: string, bootstrap: string): Manifest {
  const args = ["--bootstrap-server", bootstrap, "--delete", "--if-exists", "--topic", topicPattern(environment)];
  return {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: {
      name: `remove-topics-${environment}`,
      namespace: NAMESPACES.shared,
      labels: { [LABELS.env]: environment },
    },
    spec: { backoffLimit: 10, ttlSecondsAfterFinished: 300, template: { spec: kafkaTopicsPod(args) } },
  };
}
