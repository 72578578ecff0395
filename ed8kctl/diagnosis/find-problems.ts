import { asList, asText, at, type LiveObject } from "../../kube/object.js";
import { LABELS } from "../../naming.js";
import { serviceOf } from "../live/read.js";
import { conditionOf, readySince } from "../live/ready.js";
import { podFinding } from "./pods/pod.js";
import { PASSING, type Evidence, type Finding, type FoundProblem } from "./problem.js";
import { jobFinding } from "./workloads/job.js";
import { missingPodsFinding } from "./workloads/refusal.js";

/** Why what does not run does not, what does not pass by itself first. */
export function findProblems(evidence: Evidence): readonly FoundProblem[] {
  const ofWorkloads = evidence.workloads.flatMap((workload) => {
    const finding =
      missingPodsFinding(workload, evidence) ?? (workload.kind === "Job" ? jobFinding(workload, evidence) : undefined);
    return finding === undefined ? [] : [problemOf(workload, finding)];
  });
  const ofPods = evidence.pods
    .filter((pod) => !isHistory(pod, evidence))
    .flatMap((pod) => {
      const finding = podFinding(pod, evidence);
      return finding === undefined ? [] : [problemOf(pod, finding)];
    });
  const all = [...ofWorkloads, ...ofPods];
  return [...all.filter(({ cause }) => !PASSING.has(cause)), ...all.filter(({ cause }) => PASSING.has(cause))];
}

function problemOf(object: LiveObject, { cause, text, next, since, log }: Finding): FoundProblem {
  const service = serviceOf(object);
  return {
    kind: object.kind,
    name: object.metadata.name,
    ...(service === undefined ? {} : { service }),
    cause,
    text,
    since: since === undefined || since === "" ? (readySince(object) ?? object.metadata.creationTimestamp) : since,
    next,
    ...(log === undefined ? {} : { log }),
  };
}

/** A pod that has failed and whose owner has made another one since, or has done its work; and what a person runs beside. */
function isHistory(pod: LiveObject, { pods, workloads }: Evidence): boolean {
  if (LABELS.run in (pod.metadata.labels ?? {})) return true;
  if (at(pod["status"], "phase") !== "Failed") return false;
  const owner = ownerOf(pod);
  const job = workloads.find(({ metadata }) => metadata.uid === owner);
  if (job !== undefined && conditionOf(job, "Complete")?.["status"] === "True") return true;
  return pods.some(
    (other) =>
      owner !== "" &&
      ownerOf(other) === owner &&
      Date.parse(other.metadata.creationTimestamp) > Date.parse(pod.metadata.creationTimestamp),
  );
}

function ownerOf({ metadata }: LiveObject): string {
  return asText(at(asList(metadata["ownerReferences"])[0], "uid"));
}
