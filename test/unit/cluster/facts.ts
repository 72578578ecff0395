import type { ClusterFacts } from "../../../cluster/outputs.js";

/** Facts of a cluster for tests. */
export const FACTS: ClusterFacts = {
  name: "dev",
  context: "ed8k-sandbox",
  uid: "11111111-2222-3333-4444-555555555555",
  kubernetesVersion: "1.36.3",
  domain: "ed8k.localhost",
  ingressClass: "ed8k",
  kafkaBootstrap: "kafka.ed8k-shared.svc.cluster.local:9092",
  allowedRegistries: [],
  environmentsPerOwner: 5,
  images: [],
  ingressPort: 80,
  secretsProvider: "passphrase",
};
