import * as kubernetes from "@pulumi/kubernetes";
import { Cluster } from "./cluster.js";
import type { ClusterPlan } from "./decide.js";
import { CLUSTER_OUTPUT } from "./outputs.js";

/** The program of a cluster stack; its one output is what environments need to know. */
export function clusterProgram({ facts, platform }: ClusterPlan): Record<string, unknown> {
  const provider = new kubernetes.Provider("cluster", {
    context: facts.context,
    // Empty: the kubeconfig of whoever runs this. Left out, the SDK would write the path in $KUBECONFIG into the state,
    // and nobody else, nor this person elsewhere, could change the stack any more.
    kubeconfig: "",
    enableConfigMapMutable: true,
    enableSecretMutable: true,
    // The platform's objects have names that nothing else uses; an interrupted first run may have left some.
    upsertExistingObjects: true,
    // What somebody has changed with kubectl is taken back.
    enablePatchForce: true,
  });
  new Cluster(facts.name, { platform, provider });
  return { [CLUSTER_OUTPUT]: facts };
}
