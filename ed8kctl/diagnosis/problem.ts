import type { LiveObject } from "../../kube/object.js";

/** What keeps something from running: every cause that is known. */
export const CAUSES = [
  "image-not-found",
  "image-no-access",
  "image-unreachable",
  "image-invalid",
  "image-other",
  "image-pulling",
  "crash",
  "out-of-memory",
  "cannot-start",
  "liveness-probe",
  "startup-probe",
  "readiness-probe",
  "starting",
  "restarted",
  "unschedulable",
  "missing-secret",
  "missing-config-map",
  "bad-settings",
  "volume",
  "quota",
  "refused",
  "node-lost",
  "node-fault",
  "evicted",
  "deleting",
  "job-failed",
  "unknown",
] as const;
export type Cause = (typeof CAUSES)[number];

/** Causes that go away by themselves, mostly. */
export const PASSING: ReadonlySet<Cause> = new Set(["image-pulling", "starting", "restarted", "deleting"]);

/** Why something does not run, for people and for machines. */
export interface Problem {
  /** `Pod`, or the kind of the workload that has no pod at all. */
  readonly kind: string;
  readonly name: string;
  /** The service that it belongs to, if any. */
  readonly service?: string;
  readonly cause: Cause;
  /** The cause in words, to be read after the name: `cannot pull its image …`. */
  readonly text: string;
  /** RFC 3339. */
  readonly since: string;
  /** What to do about it: one sentence or a command. */
  readonly next: string;
  /** The last lines that the container has logged, where it has run. */
  readonly lines?: readonly string[];
}

/** The log in which the cause may stand. */
export interface LogRef {
  readonly pod: string;
  readonly container: string;
  /** True: that of the run before the present one. */
  readonly previous: boolean;
}

/** What one look at an object has found. */
export interface Finding {
  readonly cause: Cause;
  readonly text: string;
  readonly next: string;
  /** RFC 3339. @default since when the object is not ready */
  readonly since?: string;
  readonly log?: LogRef;
}

/** A problem whose log has not been read yet. */
export interface FoundProblem extends Problem {
  readonly log?: LogRef;
}

/** What problems are found in, as the API server gave it. */
export interface Evidence {
  /** The environment's name, for commands. */
  readonly environment: string;
  /** The cluster's context, for commands. */
  readonly context: string;
  /** Deployments, StatefulSets and Jobs. */
  readonly workloads: readonly LiveObject[];
  readonly pods: readonly LiveObject[];
  /** PersistentVolumeClaims. */
  readonly volumes: readonly LiveObject[];
  readonly events: readonly LiveObject[];
  /** Those on which pods that are not ready are, or all when a pod has none; as far as they may be looked at. */
  readonly nodes: readonly LiveObject[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** A problem as one line: `bos-web-7d9 cannot pull its image …`. */
export function problemLine({ name, text }: Problem): string {
  return `${name} ${text}`;
}
