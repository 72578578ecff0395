import type { JsonObject } from "../../kube/manifest.js";
import { asList, asText, at, isJsonObject, type LiveObject } from "../../kube/object.js";

/** True when the pod serves. */
export function isReady(pod: LiveObject): boolean {
  return conditionOf(pod, "Ready")?.["status"] === "True" && pod.metadata.deletionTimestamp === undefined;
}

/** Since when, in RFC 3339, a pod is as ready as it is. */
export function readySince(pod: LiveObject): string | undefined {
  const since = asText(conditionOf(pod, "Ready")?.["lastTransitionTime"]);
  return since === "" ? undefined : since;
}

/** The condition of that type, whether it holds or not. */
export function conditionOf({ status }: LiveObject, type: string): JsonObject | undefined {
  return asList(at(status, "conditions"))
    .filter(isJsonObject)
    .find((entry) => entry["type"] === type);
}
