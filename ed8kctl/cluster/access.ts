import type { ClusterFacts } from "../../cluster/outputs.js";
import { loadAccess } from "../../kube/access.js";
import { type KubeAccess, MissingContextError } from "../../kube/kubeconfig.js";

/**
 * How whoever asks reaches the cluster: by its context in their own kubeconfig.
 * @throws MissingContextError that names the command by which it gets there, where the stack has made the cluster
 */
export function clusterAccess({ name, context, aws }: Pick<ClusterFacts, "name" | "context" | "aws">): KubeAccess {
  try {
    return loadAccess({ context });
  } catch (error) {
    if (!(error instanceof MissingContextError) || aws === undefined) throw error;
    throw new MissingContextError(error.message, {
      hint: `ed8kctl cluster kubeconfig ${name} writes the context ${context}`,
      cause: error,
    });
  }
}
