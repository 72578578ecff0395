import type { ClusterFacts } from "../cluster/outputs.js";
import { Environment } from "./environment.js";
import type { EnvironmentPlan } from "./plan/types.js";
import { clusterProvider } from "../cluster/provider.js";

/** The output of an environment's stack. */
export interface EnvironmentOutput {
  readonly name: string;
  /** Of the cluster that the environment runs on: uid of its namespace `kube-system`. */
  readonly clusterUid: string;
  readonly services: readonly { readonly name: string; readonly version: string }[];
  /** `<service>--<environment>.<domain>` */
  readonly hosts: readonly string[];
}

/** The name of the output of an environment's stack that holds its `EnvironmentOutput`. */
export const ENVIRONMENT_OUTPUT = "environment";

/** The program of an environment's stack: registers what the plan says, and nothing else. */
export function environmentProgram(plan: EnvironmentPlan, facts: ClusterFacts): Record<string, unknown> {
  const provider = clusterProvider(facts.context);
  new Environment(plan.environment, { plan, provider });
  const output: EnvironmentOutput = {
    name: plan.environment,
    clusterUid: facts.uid,
    services: plan.services.map(({ name, version }) => ({ name, version })),
    hosts: plan.services.flatMap(({ routes }) => routes.map(({ host }) => host)),
  };
  return { [ENVIRONMENT_OUTPUT]: output };
}
