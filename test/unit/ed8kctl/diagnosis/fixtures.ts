import { findProblems } from "../../../../ed8kctl/diagnosis/find-problems.js";
import type { Evidence, FoundProblem } from "../../../../ed8kctl/diagnosis/problem.js";
import type { JsonObject } from "../../../../kube/manifest.js";
import type { LiveMeta, LiveObject } from "../../../../kube/object.js";
import { live, of } from "../live/objects.js";

/** The moment of every look. */
export const NOW = Date.parse("2026-11-24T09:10:00Z");
/** Since when the pods of `sick` are not ready. */
export const SINCE = "2026-11-24T09:05:00Z";

/** A pod of `bos` with one container `web`, as a kubelet tells of it. */
export function sick(
  container: JsonObject,
  { spec = {}, status = {} }: { spec?: JsonObject; status?: JsonObject } = {},
) {
  return live(
    "Pod bos-web-1",
    {
      spec: { nodeName: "node-1", containers: [{ name: "web", image: "ghcr.io/ed8k/bos:9", ...spec }] },
      status: {
        phase: "Running",
        conditions: [
          { type: "PodScheduled", status: "True" },
          { type: "Ready", status: "False", reason: "ContainersNotReady", lastTransitionTime: SINCE },
        ],
        containerStatuses: [{ name: "web", ready: false, restartCount: 0, ...container }],
        ...status,
      },
    },
    of("bos"),
  );
}

/** A container that waits. */
export function waiting(reason: string, message?: string): JsonObject {
  return { state: { waiting: { reason, ...(message === undefined ? {} : { message }) } } };
}

/** How a run of two seconds ended. */
export function ended(exitCode: number, reason = "Error", message?: string): JsonObject {
  const times = { startedAt: "2026-11-24T09:08:00Z", finishedAt: "2026-11-24T09:08:02Z" };
  return { terminated: { exitCode, reason, ...times, ...(message === undefined ? {} : { message }) } };
}

/** What the kubelet says of the pod of `sick`, or of another object. */
export function event(
  reason: string,
  message: string,
  {
    object = "bos-web-1",
    field = "spec.containers{web}",
    ...more
  }: JsonObject & { object?: string; field?: string } = {},
): LiveObject {
  return live(`Event ${reason}-${object}`, {
    type: "Warning",
    reason,
    message,
    count: 3,
    firstTimestamp: "2026-11-24T09:06:00Z",
    lastTimestamp: "2026-11-24T09:09:00Z",
    involvedObject: { uid: `uid-of-${object}`, fieldPath: field },
    ...more,
  });
}

/** A workload of `bos`. */
export function workload(name: string, fields: JsonObject, metadata: Partial<LiveMeta> = {}): LiveObject {
  return live(name, fields, { ...of("bos"), ...metadata });
}

/** A pod that asks for 9 cores and has no node, for what the scheduler says. */
export function unplaced(message: string, spec: JsonObject = {}, reason = "Unschedulable") {
  const resources = { requests: { cpu: "9", memory: "30Gi" } };
  const scheduled = {
    type: "PodScheduled",
    status: "False",
    reason,
    message,
    lastTransitionTime: "2026-11-24T09:01:00Z",
  };
  const fields = {
    spec: { containers: [{ name: "web", resources }], ...spec },
    status: { phase: "Pending", conditions: [scheduled] },
  };
  return live("Pod bos-web-1", fields, of("bos"));
}

/** The problems of what is given, in the environment `alice`. */
export function problems(found: Partial<Evidence>): readonly FoundProblem[] {
  const nothing = { workloads: [], pods: [], volumes: [], events: [], nodes: [] };
  return findProblems({ environment: "alice", context: "ed8k-sandbox", now: NOW, ...nothing, ...found });
}

/** Cause and words of the one problem that a pod has. */
export function told(pod: LiveObject, events: readonly LiveObject[] = [], more: Partial<Evidence> = {}): string {
  return problems({ pods: [pod], events, ...more })
    .map(({ cause, text }) => `${cause}: ${text}`)
    .join("\n");
}
