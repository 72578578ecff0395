/**
 * What a cluster stack tells environments, as plain values: the one contract between the two kinds of stack.
 * Beside these facts the stack has one secret output, `kubeconfig`.
 */
export interface ClusterFacts {
  /** Name of the cluster stack. */
  readonly name: string;
  /** uid of the namespace `kube-system`: the identity of the cluster, which no other cluster has. */
  readonly uid: string;
  /** Environments are reached at `<service>--<environment>.<domain>`. */
  readonly domain: string;
  /** IngressClass that serves the environments' hosts. */
  readonly ingressClass: string;
  /** `host:port` of the shared Kafka broker, as seen from pods. */
  readonly kafkaBootstrap: string;
  /** Prefixes of image references that may run, such as `docker.io/library/`; empty: all. */
  readonly allowedRegistries: readonly string[];
}
