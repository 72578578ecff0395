import type { KubeClient } from "../../kube/client.js";
import { isNotFound } from "../../kube/errors.js";
import { asList, asText, at, type LiveObject } from "../../kube/object.js";
import { LABELS } from "../../naming.js";
import { kubectlCommand, type Place } from "../diagnosis/words.js";
import type { Output } from "../output.js";

/** Where pods are removed, and who is told of those that cannot be. */
export interface Removing extends Place {
  readonly client: KubeClient;
  readonly out: Pick<Output, "warn">;
}

/** So long is tried to remove a pod, in milliseconds; Ctrl-C does not end it, for it is what Ctrl-C asks for. */
const REMOVE_MS = 10_000;

/** Removes a pod, if it is there; never fails. */
export async function removePod(name: string, { client, out, ...place }: Removing): Promise<void> {
  try {
    const options = { gracePeriodSeconds: 1, signal: AbortSignal.timeout(REMOVE_MS) };
    await client.delete({ apiVersion: "v1", kind: "Pod", name, namespace: place.environment }, options);
  } catch (error) {
    if (isNotFound(error)) return;
    const why = error instanceof Error ? error.message : String(error);
    out.warn(`the pod ${name} is left (${why}); ${kubectlCommand(place, `delete pod ${name}`)} removes it`);
  }
}

/** Removes what runs of killed clients have left behind. @param now milliseconds since 1970 */
export async function removeEnded(removing: Removing, now: number, signal: AbortSignal): Promise<void> {
  const ref = { apiVersion: "v1", kind: "Pod", namespace: removing.environment };
  const { items } = await removing.client.list(ref, { labelSelector: LABELS.run, signal });
  const left = items.filter((pod) => isLeft(pod, now));
  await Promise.all(left.map(({ metadata }) => removePod(metadata.name, removing)));
}

/** So long whoever has begun a run may still be busy with its pod, in milliseconds. */
const BUSY_MS = 60_000;

/** True for a pod that has ended, or never got so far in all its time: Kubernetes ends only what has begun. */
function isLeft({ metadata, spec, status }: LiveObject, now: number): boolean {
  const seconds = at(spec, "activeDeadlineSeconds");
  const created = Date.parse(metadata.creationTimestamp);
  const ended = Date.parse(asText(at(asList(at(status, "containerStatuses"))[0], "state", "terminated", "finishedAt")));
  if (["Succeeded", "Failed"].includes(asText(at(status, "phase")))) {
    return now - (Number.isNaN(ended) ? created : ended) > BUSY_MS;
  }
  return typeof seconds === "number" && now - created > 2 * seconds * 1000 + BUSY_MS;
}
