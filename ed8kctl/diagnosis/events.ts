import { asText, at, type LiveObject } from "../../kube/object.js";

/** An event in the words that matter. https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/ */
export interface Told {
  readonly reason: string;
  readonly message: string;
  /** How often it happened. */
  readonly count: number;
  /** RFC 3339: when it happened first, and last. */
  readonly first: string;
  readonly last: string;
  /** Such as `spec.containers{web}`; empty when it is about the whole object. */
  readonly field: string;
  readonly isWarning: boolean;
}

/** What events say of an object, the newest first. */
export function toldOf({ metadata }: LiveObject, events: readonly LiveObject[]): readonly Told[] {
  return events
    .filter((event) => at(event["involvedObject"], "uid") === metadata.uid)
    .map(told)
    .sort((a, b) => Date.parse(b.last) - Date.parse(a.last));
}

/** Makers of old and new events write times and counts into different fields. */
function told(event: LiveObject): Told {
  const series = event["series"];
  const started = [event["firstTimestamp"], event["eventTime"], event.metadata.creationTimestamp];
  const ended = [at(series, "lastObservedTime"), event["lastTimestamp"], ...started.slice(1)];
  const counts = [at(series, "count"), event["count"]];
  return {
    reason: asText(event["reason"]),
    message: asText(event["message"]),
    count: counts.find((count) => typeof count === "number") ?? 1,
    first: firstText(started),
    last: firstText(ended),
    field: asText(at(event["involvedObject"], "fieldPath")),
    isWarning: event["type"] === "Warning",
  };
}

function firstText(values: readonly unknown[]): string {
  return values.map(asText).find((text) => text !== "") ?? "";
}
