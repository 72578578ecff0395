import { asList, asText, at, type LiveObject } from "../../kube/object.js";
import { serviceOf } from "../live/read.js";

/** One run of one container: what a log is of. */
export interface ContainerRun {
  readonly service: string;
  readonly pod: string;
  readonly container: string;
  /** Another one after each restart. */
  readonly id: string;
  /** What lines begin with: the pod, and the container where the pod has several. */
  readonly prefix: string;
  /** False once it has ended: then nothing more comes. */
  readonly isRunning: boolean;
  /** True when there was a run before it, which has ended. */
  readonly hasPrevious: boolean;
}

/**
 * The containers of a pod that have begun to run, and so have a log. One that waits to be started anew shows the log of
 * the run that has ended.
 */
export function containerRuns(pod: LiveObject): readonly ContainerRun[] {
  const { metadata, spec, status } = pod;
  const several = asList(at(spec, "containers")).length > 1;
  const statuses = [...asList(at(status, "initContainerStatuses")), ...asList(at(status, "containerStatuses"))];
  const isInit = new Set(asList(at(spec, "initContainers")).map((container) => asText(at(container, "name"))));
  return statuses.flatMap((entry) => {
    const hasPrevious = at(entry, "lastState", "terminated") !== undefined;
    if (at(entry, "state", "waiting") !== undefined && !hasPrevious) return [];
    const container = asText(at(entry, "name"));
    const prefix = several || isInit.has(container) ? `${metadata.name}/${container}` : metadata.name;
    const count = at(entry, "restartCount");
    return {
      service: serviceOf(pod) ?? "",
      pod: metadata.name,
      container,
      id: `${metadata.uid}/${container}/${typeof count === "number" ? count : 0}`,
      prefix,
      isRunning: at(entry, "state", "running") !== undefined,
      hasPrevious,
    };
  });
}
