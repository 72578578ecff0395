import { page } from "../operations.js";
import type { EksCall } from "./state.js";

/** Makes a principal administrator of the cluster; the only one of EKS' policies that has an effect in the sandbox. */
export const ADMIN_POLICY = policyArn("AmazonEKSClusterAdminPolicy");

/** https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html */
export const ACCESS_POLICIES = [
  "AmazonEKSAdminPolicy",
  "AmazonEKSAdminViewPolicy",
  "AmazonEKSClusterAdminPolicy",
  "AmazonEKSEditPolicy",
  "AmazonEKSViewPolicy",
].map((name) => ({ name, arn: policyArn(name) }));

/** ListAccessPolicies. */
export function listPolicies({ query }: EksCall): object {
  const { items, ...next } = page(ACCESS_POLICIES, query);
  return { accessPolicies: items, ...next };
}

function policyArn(name: string): string {
  return `arn:aws:eks::aws:cluster-access-policy/${name}`;
}
