import { clusterName, clusterPartName } from "../../../naming.js";
import { clientOptions } from "../../aws/client-options.js";
import { allPages, type AwsLeftover, type SweptCluster } from "./look.js";

/** Parts that have a role of their own name: the beginning alone would find those of a cluster `<stack>-2` as well. */
const PARTS = [
  "system-node",
  "karpenter",
  "karpenter-node",
  "load-balancer",
  "ebs-csi",
  "environments",
  "flow-logs",
] as const;

/** Roles. That of the control plane is made by @pulumi/eks, and its name ends in letters of the engine's choice. */
export async function iam({ stack, region }: SweptCluster): Promise<readonly AwsLeftover[]> {
  const { IAMClient, ListRolesCommand } = await import("@aws-sdk/client-iam");
  const client = new IAMClient(clientOptions(region));
  const names: readonly string[] = PARTS.map((part) => clusterPartName(stack, part));
  const controlPlane = `${clusterName(stack)}-eksRole-role`;
  const all = await allPages(async (Marker) => {
    const input = Marker === undefined ? {} : { Marker };
    const { Roles = [], Marker: next } = await client.send(new ListRolesCommand(input));
    return { items: Roles.map(({ RoleName = "" }) => RoleName), next };
  });
  return all
    .filter((name) => names.includes(name) || name === controlPlane || name.startsWith(`${controlPlane}-`))
    .map((name) => ({ what: `iam role ${name}`, remove: roleRemoved(name) }));
}

/** A role that has policies, or is in a profile of nodes, is not removed. */
function roleRemoved(name: string): string {
  const of = `--role-name ${name}`;
  const each = (list: string, query: string, then: string): string =>
    `for i in $(aws iam ${list} ${of} --query '${query}' --output text); do aws iam ${then}; done`;
  return [
    each("list-attached-role-policies", "AttachedPolicies[].PolicyArn", `detach-role-policy ${of} --policy-arn $i`),
    each("list-role-policies", "PolicyNames[]", `delete-role-policy ${of} --policy-name $i`),
    each(
      "list-instance-profiles-for-role",
      "InstanceProfiles[].InstanceProfileName",
      `remove-role-from-instance-profile ${of} --instance-profile-name $i`,
    ),
    `aws iam delete-role ${of}`,
  ].join("; ");
}
