import { setTimeout as pause } from "node:timers/promises";
import type { KubeClient } from "../../kube/client.js";
import { isNotFound } from "../../kube/errors.js";
import type { LiveObject, ObjectRef } from "../../kube/object.js";
import { watch } from "../../kube/watch.js";
import { type Background, faultsTo, type Log } from "./background.js";

export interface FollowOptions {
  readonly client: () => KubeClient;
  /** Called after every change. */
  readonly onChange: () => void;
  readonly log: Log;
  /** Name of the job, for the log. */
  readonly job: string;
  /** True: the cluster may not have the kind, or not yet, which is then no fault. @default false */
  readonly optional?: boolean;
  /** First rest after a failed request, in milliseconds; doubled each time. @default 250 */
  readonly restMs?: number;
}

/** The objects of one kind as they are now, as far as is known. */
export interface Followed extends Background {
  /** By uid. */
  readonly objects: ReadonlyMap<string, LiveObject>;
}

const LONGEST_REST_MS = 5000;

/** Follows the objects of a kind in all namespaces, through lost watches and restarts of the API server. */
export function follow(
  ref: ObjectRef,
  { client, onChange, log, job, optional = false, restMs = 250 }: FollowOptions,
): Followed {
  const objects = new Map<string, LiveObject>();
  const end = new AbortController();
  const faults = faultsTo(log, job);
  const run = async (): Promise<void> => {
    let rest = restMs;
    while (!end.signal.aborted) {
      try {
        for await (const { type, object } of watch(client(), ref, {
          known: [...objects.values()],
          signal: end.signal,
        })) {
          if (type === "DELETED") objects.delete(object.metadata.uid);
          else objects.set(object.metadata.uid, object);
          faults.over();
          rest = restMs;
          onChange();
        }
      } catch (error) {
        if (!optional || !isNotFound(error))
          faults.met(`${ref.kind} objects cannot be watched: ${(error as Error).message}`);
      }
      await pause(rest, undefined, { signal: end.signal }).catch(() => undefined);
      rest = Math.min(rest * 2, LONGEST_REST_MS);
    }
  };
  const running = run();
  return {
    objects,
    async stop() {
      end.abort();
      await running;
    },
  };
}
