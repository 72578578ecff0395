import { asList, asText, at, type LiveObject } from "../../kube/object.js";

/** One run of one container: what a log is of. */
export interface ContainerRun {
  readonly pod: string;
  readonly container: string;
  /** Another one after each restart. */
  readonly id: string;
  /** What lines begin with: the pod, and the container where the pod has several. */
  readonly prefix: string;
}

/** The containers of a pod that have begun to run, and so have a log. */
export function containerRuns({ metadata, spec, status }: LiveObject): readonly ContainerRun[] {
  const several = asList(at(spec, "containers")).length > 1;
  const statuses = [...asList(at(status, "initContainerStatuses")), ...asList(at(status, "containerStatuses"))];
  const isInit = new Set(asList(at(spec, "initContainers")).map((container) => asText(at(container, "name"))));
  return statuses
    .filter((entry) => at(entry, "state", "waiting") === undefined)
    .map((entry) => {
      const container = asText(at(entry, "name"));
      const prefix = several || isInit.has(container) ? `${metadata.name}/${container}` : metadata.name;
      const count = at(entry, "restartCount");
      return {
        pod: metadata.name,
        container,
        id: `${metadata.uid}/${container}/${typeof count === "number" ? count : 0}`,
        prefix,
      };
    });
}
