import type { Value } from "../plugin/values.js";
import { isMap, reveal } from "../plugin/values.js";

/** Annotations by which a manifest speaks to the provider. https://www.pulumi.com/registry/packages/kubernetes/installation-configuration/ */
export const PULUMI = {
  autonamed: "pulumi.com/autonamed",
  skipAwait: "pulumi.com/skipAwait",
  timeoutSeconds: "pulumi.com/timeoutSeconds",
  patchForce: "pulumi.com/patchForce",
  patchFieldManager: "pulumi.com/patchFieldManager",
  deletionPropagationPolicy: "pulumi.com/deletionPropagationPolicy",
} as const;

/** An annotation of an object, whether it is inputs, state or live. */
export function annotation(object: Value | undefined, name: string): string | undefined {
  const value = step(step(step(object, "metadata"), "annotations"), name);
  return typeof value === "string" ? value : undefined;
}

/** True when an annotation says `true`, as Go reads truth. */
export function isAnnotated(object: Value | undefined, name: string): boolean {
  return ["true", "1", "t", "T", "TRUE", "True"].includes(annotation(object, name) ?? "");
}

/** The value at a path of an object; secrets on the way are opened. */
export function valueAt(object: Value | undefined, ...path: readonly string[]): Value | undefined {
  return path.reduce<Value | undefined>(step, object);
}

function step(value: Value | undefined, name: string): Value | undefined {
  const bare = reveal(value);
  return isMap(bare) ? reveal(bare[name]) : undefined;
}
