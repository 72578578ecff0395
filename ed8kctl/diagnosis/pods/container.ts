import type { JsonObject } from "../../../kube/manifest.js";
import { asList, asText, at, isJsonObject, type LiveObject } from "../../../kube/object.js";
import type { Told } from "../events.js";

/** One container of a pod, and all that is known of it. */
export interface Container {
  readonly environment: string;
  readonly service: string | undefined;
  readonly pod: string;
  readonly name: string;
  readonly isInit: boolean;
  /** True when it is started anew however it ends, as every container of a service is. */
  readonly goesOn: boolean;
  readonly spec: JsonObject;
  readonly state: JsonObject;
  readonly lastState: JsonObject;
  readonly restarts: number;
  readonly ready: boolean;
  /** False until the startup probe has passed. */
  readonly started: boolean;
  /** Events about this container, the newest first. */
  readonly told: readonly Told[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** How a run of a container has ended. */
export interface Ended {
  readonly exitCode: number;
  /** The runtime's word: `Error`, `OOMKilled`, `Completed`, `StartError`, … */
  readonly reason: string;
  readonly message: string;
  /** RFC 3339. */
  readonly startedAt: string;
  readonly finishedAt: string;
}

/** How a container's present run, or the one before it, has ended; `undefined` when it never has. */
export function endOf({ state, lastState }: Container): Ended | undefined {
  return ended(state["terminated"]) ?? ended(lastState["terminated"]);
}

/** The containers of a pod that the kubelet knows of, those that prepare the others first. */
export function containersOf(
  { metadata, spec, status }: LiveObject,
  context: Pick<Container, "environment" | "service" | "now"> & { readonly told: readonly Told[] },
): readonly Container[] {
  const of = (specs: string, statuses: string): readonly Container[] =>
    asList(at(status, statuses))
      .filter(isJsonObject)
      .map((entry) => {
        const name = asText(entry["name"]);
        const own =
          asList(at(spec, specs))
            .filter(isJsonObject)
            .find((one) => one["name"] === name) ?? {};
        return {
          ...context,
          pod: metadata.name,
          name,
          // One that goes on is a container like the others. https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/
          isInit: specs === "initContainers" && own["restartPolicy"] !== "Always",
          goesOn: (at(spec, "restartPolicy") ?? "Always") === "Always" || own["restartPolicy"] === "Always",
          spec: own,
          state: objectAt(entry, "state"),
          lastState: objectAt(entry, "lastState"),
          restarts: typeof entry["restartCount"] === "number" ? entry["restartCount"] : 0,
          ready: entry["ready"] === true,
          started: entry["started"] === true,
          told: context.told.filter(({ field }) => field.endsWith(`{${name}}`)),
        };
      });
  return [...of("initContainers", "initContainerStatuses"), ...of("containers", "containerStatuses")];
}

/** True when a container has done what it was to do: one that prepares the others, or one of a Job. */
export function hasDone({ isInit, goesOn, state }: Container): boolean {
  return (isInit || !goesOn) && at(state["terminated"], "exitCode") === 0;
}

function ended(value: unknown): Ended | undefined {
  if (!isJsonObject(value) || typeof value["exitCode"] !== "number") return undefined;
  return {
    exitCode: value["exitCode"],
    reason: asText(value["reason"]),
    message: asText(value["message"]),
    startedAt: asText(value["startedAt"]),
    finishedAt: asText(value["finishedAt"]),
  };
}

function objectAt(value: JsonObject, key: string): JsonObject {
  const found = value[key];
  return isJsonObject(found) ? found : {};
}
