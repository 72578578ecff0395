import { asText, at, type LiveObject } from "../../kube/object.js";
import type { ReadTarget } from "../live/client.js";
import { type EnvironmentObjects, readEnvironment } from "../live/read.js";
import { isReady } from "../live/ready.js";
import { findProblems } from "./find-problems.js";
import { withLastLines } from "./last-lines.js";
import { problemLine, type FoundProblem, type Problem } from "./problem.js";

/** When a look is taken, and what ends it. */
export interface Look {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly signal: AbortSignal;
}

/** Why what does not run in an environment does not, with the last lines of its logs. */
export async function diagnose(
  target: ReadTarget,
  objects: EnvironmentObjects,
  look: Look,
): Promise<readonly Problem[]> {
  const problems = await problemsIn(target, objects, look);
  const { client } = target;
  return withLastLines(problems, { client, environment: objects.environment.name, signal: look.signal });
}

/** Why a service is not ready, in one line; `undefined` when nothing is wrong with it. */
export async function whyNotReady(
  target: ReadTarget,
  { environment, service }: { readonly environment: string; readonly service: string },
  look: Look,
): Promise<string | undefined> {
  const objects = await readEnvironment(target, environment, look.signal);
  const problem = (await problemsIn(target, objects, look)).find((one) => one.service === service);
  return problem === undefined ? undefined : problemLine(problem);
}

/** As `diagnose`, without logs. */
export async function problemsIn(
  { client, facts: { context } }: ReadTarget,
  { environment, ...objects }: EnvironmentObjects,
  look: Look,
): Promise<readonly FoundProblem[]> {
  const nodes = await nodesOf(client, objects.pods, look.signal);
  return findProblems({ ...objects, environment: environment.name, context, nodes, now: look.now });
}

/** Whoever may not look at nodes is told the rest all the same. */
async function nodesOf(
  client: ReadTarget["client"],
  pods: readonly LiveObject[],
  signal: AbortSignal,
): Promise<readonly LiveObject[]> {
  const sick = pods.filter((pod) => !isReady(pod) && at(pod["status"], "phase") !== "Succeeded");
  const names = new Set(sick.map(({ spec }) => asText(at(spec, "nodeName"))));
  const ref = { apiVersion: "v1", kind: "Node" };
  try {
    // Of a pod that has none it depends on all of them.
    if (names.has("")) return (await client.list(ref, { signal })).items;
    const found = await Promise.all([...names].map((name) => client.find({ ...ref, name }, { signal })));
    return found.filter((node) => node !== undefined);
  } catch {
    signal.throwIfAborted();
    return [];
  }
}
