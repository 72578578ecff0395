import { type Input, ProviderResource, type ResourceOptions } from "@pulumi/pulumi";

/** A Kubernetes provider without the Kubernetes SDK, which would be loaded for nothing else. */
export class KubernetesProvider extends ProviderResource {
  constructor(name: string, kubeconfig: Input<string>, opts: ResourceOptions) {
    super("kubernetes", name, { kubeconfig }, opts);
  }
}
