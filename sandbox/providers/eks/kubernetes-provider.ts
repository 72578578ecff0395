import { type Input, ProviderResource, type ResourceOptions } from "@pulumi/pulumi";
import { VERSIONS } from "../../../versions.js";

/** A Kubernetes provider without the Kubernetes SDK, which would be loaded for nothing else. */
export class KubernetesProvider extends ProviderResource {
  constructor(name: string, kubeconfig: Input<string>, opts: ResourceOptions) {
    // Else the engine puts in one that depends on how it was started, and each way to start it would change the other's.
    super("kubernetes", name, { kubeconfig }, { ...opts, version: VERSIONS.plugins.kubernetes });
  }
}
