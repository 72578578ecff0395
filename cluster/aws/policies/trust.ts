import { policyDocument, type PolicyDocument } from "./document.js";

/** A role that a service of AWS takes on. */
export function trustService(service: string): PolicyDocument {
  return policyDocument([
    { Sid: "AllowService", Effect: "Allow", Principal: { Service: [service] }, Action: ["sts:AssumeRole"] },
  ]);
}

/**
 * A role that pods take on by EKS Pod Identity; which ones, the associations say. The session is tagged with the pod's
 * namespace and service account. https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
 */
export function trustPods(account: string): PolicyDocument {
  return policyDocument([
    {
      Sid: "AllowPods",
      Effect: "Allow",
      Principal: { Service: ["pods.eks.amazonaws.com"] },
      Action: ["sts:AssumeRole", "sts:TagSession"],
      // Clusters of other accounts do not get it through EKS.
      Condition: { StringEquals: { "aws:SourceAccount": account } },
    },
  ]);
}
