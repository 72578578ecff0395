import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

/** How objects are changed, whichever way the cluster is reached. (docs/decisions/changes-by-hand.md) */
const CHANGES = {
  enableConfigMapMutable: true,
  enableSecretMutable: true,
  // What an interrupted run has made is taken over, as is the service account that Kubernetes makes by itself.
  upsertExistingObjects: true,
  // The plan is right, not what somebody has changed with kubectl; without this an update would stop at the conflict.
  enablePatchForce: true,
} as const;

/**
 * The provider by which a stack reaches its cluster: as whoever runs the engine, in this context of their kubeconfig.
 * (docs/decisions/no-credential-in-stacks.md)
 */
export function clusterProvider(context: string): kubernetes.Provider {
  return new kubernetes.Provider("cluster", {
    context,
    // Empty: the kubeconfig of whoever runs this. Left out, the SDK would write the path in $KUBECONFIG into the state,
    // and nobody else, nor this person elsewhere, could change the stack any more.
    kubeconfig: "",
    ...CHANGES,
  });
}

/**
 * The provider by which a stack reaches the cluster that it makes.
 * @param kubeconfig without a credential; known once the cluster is there
 * @param after what objects come after, and go before
 */
export function ownClusterProvider(
  kubeconfig: pulumi.Input<string>,
  after: readonly pulumi.Resource[],
): kubernetes.Provider {
  return new kubernetes.Provider("cluster", { kubeconfig, ...CHANGES }, { dependsOn: [...after] });
}
