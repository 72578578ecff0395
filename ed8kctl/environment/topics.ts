import { setTimeout as pause } from "node:timers/promises";
import { UserError } from "../../errors.js";
import type { KubeClient } from "../../kube/client.js";
import { isNotFound } from "../../kube/errors.js";
import type { Manifest } from "../../kube/manifest.js";
import { asList, at, type LiveObject, type NamedRef } from "../../kube/object.js";
import { LABELS, NAMESPACES, TOPIC_REMOVAL, topicPattern } from "../../naming.js";
import type { ImageRule } from "../../environments/bend/images.js";
import { kafkaTopicsPod } from "../../environments/resources/kafka-topic.js";

const TIMEOUT_MS = 180_000;

interface RemoveTopics {
  /** `host:port` of the shared broker, as seen from pods. */
  readonly bootstrap: string;
  /** By which the image of the Job is taken from elsewhere. */
  readonly images: readonly ImageRule[];
  readonly signal: AbortSignal;
  /** @default three minutes */
  readonly timeoutMs?: number;
}

/**
 * Removes the environment's topics from the shared broker, by a Job beside it: nobody but pods reaches the broker.
 * @throws UserError when the broker does not do so
 */
export async function removeTopics(
  client: KubeClient,
  environment: string,
  { signal, timeoutMs = TIMEOUT_MS, ...broker }: RemoveTopics,
): Promise<void> {
  const job = removalJob(environment, broker);
  const wait: Wait = { client, signal, timeoutMs, ref: { ...JOB, name: job.metadata.name } };
  // Left by a run that was killed; topics may have been made since it did its work.
  if (await deleteJob(wait)) await awaitJob(wait, (found) => found === undefined);
  await client.create(job, { signal });
  try {
    await awaitJob(wait, isComplete);
  } finally {
    // It carries the environment's name, so it has to be gone before anybody looks for what is left.
    if (await deleteJob(wait)) await awaitJob(wait, (found) => found === undefined);
  }
}

const JOB = { apiVersion: "batch/v1", kind: "Job", namespace: NAMESPACES.shared } as const;

interface Wait {
  readonly client: KubeClient;
  readonly ref: NamedRef;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

/** False when there is none. */
async function deleteJob({ client, ref }: Wait): Promise<boolean> {
  try {
    await client.delete(ref, { propagationPolicy: "Foreground" });
    return true;
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}

async function awaitJob(
  { client, ref, signal, timeoutMs }: Wait,
  isDone: (job: LiveObject | undefined) => boolean,
): Promise<void> {
  for (const deadline = Date.now() + timeoutMs; ; await pause(200, undefined, { signal })) {
    const job = await client.find(ref, { signal });
    if (isDone(job)) return;
    if (Date.now() < deadline && !hasFailed(job)) continue;
    const problem = hasFailed(job) ? "has failed" : "has not ended";
    throw new UserError(`the topics are not removed: Job ${ref.namespace}/${ref.name} ${problem}`, {
      hint: `kubectl get events -n ${ref.namespace} --context ${client.access.context} tells why; then run the command again`,
    });
  }
}

function isComplete(job: LiveObject | undefined): boolean {
  return Number(at(job?.["status"], "succeeded") ?? 0) > 0;
}

/** It was tried as often as it may be. https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-backoff-failure-policy */
function hasFailed(job: LiveObject | undefined): boolean {
  return asList(at(job?.["status"], "conditions")).some(
    (condition) => at(condition, "type") === "Failed" && at(condition, "status") === "True",
  );
}

function removalJob(environment: string, { bootstrap, images }: Pick<RemoveTopics, "bootstrap" | "images">): Manifest {
  const args = ["--bootstrap-server", bootstrap, "--delete", "--if-exists", "--topic", topicPattern(environment)];
  return {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: {
      name: `${TOPIC_REMOVAL}${environment}`,
      namespace: NAMESPACES.shared,
      labels: { [LABELS.env]: environment },
    },
    spec: { backoffLimit: 10, ttlSecondsAfterFinished: 300, template: { spec: kafkaTopicsPod(args, images) } },
  };
}
