import type { JsonObject } from "../../../../kube/manifest.js";
import { asList, asText, at, isJsonObject, type LiveObject } from "../../../../kube/object.js";

/** A number at a path of an object; 0 when it is not there, as the API leaves zeros out. */
export function numberAt(object: LiveObject, ...path: readonly string[]): number {
  const value = at(object, ...path);
  return typeof value === "number" ? value : 0;
}

/** The objects of a list at a path of an object. */
export function listAt(object: JsonObject, ...path: readonly string[]): readonly JsonObject[] {
  return asList(at(object, ...path)).filter(isJsonObject);
}

export interface StatusCondition {
  readonly isTrue: boolean;
  readonly isFalse: boolean;
  readonly reason: string;
  readonly message: string;
}

/** The condition of a type in `status.conditions`; one that is not there is neither true nor false. */
export function conditionOf(object: LiveObject, type: string): StatusCondition {
  const found = listAt(object, "status", "conditions").find((condition) => condition["type"] === type) ?? {};
  return {
    isTrue: found["status"] === "True",
    isFalse: found["status"] === "False",
    reason: asText(found["reason"]),
    message: asText(found["message"]),
  };
}

/** True when the controller has seen the newest spec; before that its status is about an older one. */
export function isObserved(object: LiveObject): boolean {
  return numberAt(object, "status", "observedGeneration") >= (object.metadata.generation ?? 0);
}
