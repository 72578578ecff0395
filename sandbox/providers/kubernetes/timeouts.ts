import type { ValueMap } from "../plugin/values.js";
import { annotation, PULUMI } from "./annotations.js";

/** Seconds that the published provider waits when nobody says otherwise. */
const DEFAULT_SECONDS = 600;

/** How long to wait for an object: by the resource's `customTimeouts`, its annotation, or the default. */
export function timeoutOf(customSeconds: number, inputs: ValueMap): number {
  if (customSeconds > 0) return customSeconds;
  const annotated = Number(annotation(inputs, PULUMI.timeoutSeconds) ?? Number.NaN);
  return annotated > 0 ? annotated : DEFAULT_SECONDS;
}
