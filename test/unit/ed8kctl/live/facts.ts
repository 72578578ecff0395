import type { ClusterFacts } from "../../../../cluster/outputs.js";

/** A cluster as its stack has recorded it. */
export const FACTS: ClusterFacts = {
  name: "dev",
  context: "ed8k-sandbox",
  uid: "uid-of-kube-system",
  kubernetesVersion: "1.36.3",
  domain: "ed8k.localhost",
  ingressClass: "ed8k",
  kafkaBootstrap: "kafka.ed8k-shared:9092",
  allowedRegistries: [],
  environmentsPerOwner: 5,
  images: [],
  ingressPort: 80,
  secretsProvider: "passphrase",
};
