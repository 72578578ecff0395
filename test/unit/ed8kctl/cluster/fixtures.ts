import type { ClusterFacts } from "../../../../cluster/outputs.js";
import type { StackConfig } from "../../../../ed8kctl/engine/stacks.js";
import { FACTS } from "../live/facts.js";

/** Config of a stack that makes its cluster on AWS. */
export const EKS_CONFIG: StackConfig = {
  "ed8k:kind": "cluster",
  "ed8k:provider": "eks",
  "ed8k:domain": "dev.example.com",
  "ed8k:aws": JSON.stringify({ accounts: ["111122223333"], access: { mode: "vpn", cidrs: ["10.8.0.0/16"] } }),
  "ed8k:eks": JSON.stringify({
    version: "1.36",
    developers: ["arn:aws:iam::111122223333:role/ed8k-developer"],
  }),
};

/** Config of a stack that adopts a cluster. */
export const OWN_CONFIG: StackConfig = { "ed8k:kind": "cluster", "ed8k:context": "company" };

/** What the stack of a cluster on AWS says. */
export const EKS_FACTS: ClusterFacts & { readonly aws: NonNullable<ClusterFacts["aws"]> } = {
  ...FACTS,
  context: "ed8k-dev",
  domain: "dev.example.com",
  aws: {
    account: "111122223333",
    region: "eu-west-1",
    cluster: "ed8k-dev",
    endpoint: "https://ABC.gr7.eu-west-1.eks.amazonaws.com",
    certificateAuthority: "Q0E=",
    environmentsRole: "arn:aws:iam::111122223333:role/ed8k-dev-environments",
    mskCluster: "arn:aws:kafka:eu-west-1:111122223333:cluster/ed8k-dev/1",
    mskBootstrap: "b-1.example.com:9098",
    partitionBudget: 2400,
    datasets: "ed8k-dev-datasets-111122223333-eu-west-1",
    registry: "111122223333.dkr.ecr.eu-west-1.amazonaws.com",
  },
};
