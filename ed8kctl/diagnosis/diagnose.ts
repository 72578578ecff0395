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
  { client }: Pick<ReadTarget, "client">,
  objects: EnvironmentObjects,
  look: Look,
): Promise<readonly Problem[]> {
  const { name } = objects.environment;
  const problems = await problemsIn({ client }, objects, look);
  return withLastLines(problems, { client, environment: name, signal: look.signal });
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
  { client }: Pick<ReadTarget, "client">,
  { environment, ...objects }: EnvironmentObjects,
  look: Look,
): Promise<readonly FoundProblem[]> {
  const nodes = await nodesOf(client, objects.pods, look.signal);
  return findProblems({ ...objects, environment: environment.name, nodes, now: look.now });
}

/** Whoever may not look at nodes is told the rest all the same. */
async function nodesOf(
  client: ReadTarget["client"],
  pods: readonly LiveObject[],
  signal: AbortSignal,
): Promise<readonly LiveObject[]> {
  const sick = pods.filter((pod) => !isReady(pod) && at(pod["status"], "phase") !== "Succeeded");
  const names = new Set(sick.map(({ spec }) => asText(at(spec, "nodeName"))).filter((name) => name !== ""));
  const found = [...names].map(async (name) => {
    try {
      return await client.find({ apiVersion: "v1", kind: "Node", name }, { signal });
    } catch {
      signal.throwIfAborted();
      return undefined;
    }
  });
  return (await Promise.all(found)).filter((node) => node !== undefined);
}
