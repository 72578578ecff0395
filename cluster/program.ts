import { Cluster } from "./cluster.js";
import type { ClusterPlan } from "./decide.js";
import { CLUSTER_OUTPUT } from "./outputs.js";
import { clusterProvider } from "./provider.js";

/** The program of a cluster stack; its one output is what environments need to know. */
export function clusterProgram({ facts, platform }: ClusterPlan): Record<string, unknown> {
  const provider = clusterProvider(facts.context);
  new Cluster(facts.name, { platform, provider });
  return { [CLUSTER_OUTPUT]: facts };
}
