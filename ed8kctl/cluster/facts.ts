import type { ClusterFacts } from "../../cluster/outputs.js";
import { UserError } from "../../errors.js";

/** What a cluster stack says of the cluster that it has made on AWS. */
export type AwsFacts = NonNullable<ClusterFacts["aws"]>;

/** @throws UserError where the cluster was there already, so that its stack does not know how it is reached */
export function requireAws({ name, context, aws }: ClusterFacts): AwsFacts {
  if (aws !== undefined) return aws;
  throw new UserError(
    `the cluster ${name} was there before its stack: how it is reached only its kubeconfig says, in the context "${context}"`,
    { hint: "ask who made the cluster for it; for EKS: aws eks update-kubeconfig", exit: "usage" },
  );
}
