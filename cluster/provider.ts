import * as kubernetes from "@pulumi/kubernetes";

/**
 * The provider by which a stack reaches its cluster: as whoever runs the engine, in this context of their kubeconfig.
 * (docs/decisions/no-credential-in-stacks.md, docs/decisions/changes-by-hand.md)
 */
export function clusterProvider(context: string): kubernetes.Provider {
  return new kubernetes.Provider("cluster", {
    context,
    // Empty: the kubeconfig of whoever runs this. Left out, the SDK would write the path in $KUBECONFIG into the state,
    // and nobody else, nor this person elsewhere, could change the stack any more.
    kubeconfig: "",
    enableConfigMapMutable: true,
    enableSecretMutable: true,
    // What an interrupted run has made is taken over, as is the service account that Kubernetes makes by itself.
    upsertExistingObjects: true,
    // The plan is right, not what somebody has changed with kubectl; without this an update would stop at the conflict.
    enablePatchForce: true,
  });
}
