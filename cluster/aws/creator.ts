import { DescribeClusterCommand, EKSClient } from "@aws-sdk/client-eks";
import { explainAws, isMissing } from "../../ed8kctl/aws/refusals.js";
import { UserError } from "../../errors.js";
import { clusterName } from "../../naming.js";
import type { Caller } from "./account.js";
import type { AwsClusterSettings, EksSettings } from "./settings.js";

/**
 * Makes sure that a cluster which is not there yet is made by a role that the settings do not list. EKS makes whoever
 * creates a cluster its administrator by an access entry of its own, and @pulumi/eks 4.3 cannot tell it not to: the
 * entry that the stack makes for the same role would be refused, minutes later.
 * https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html
 * @param isThere asks EKS for the cluster; another one only in tests
 * @throws UserError when the role is in a list and the cluster is not there
 */
export async function requireCreator(settings: AwsClusterSettings, caller: Caller, isThere = askEks): Promise<void> {
  const where = listedAs(settings.eks, caller.arn);
  if (where === undefined || (await isThere(settings))) return;
  throw new UserError(
    `the cluster ${clusterName(settings.name)} is not there yet, and ${caller.arn} cannot create it: its role is ${where}, and EKS lets the creator in by itself, which cannot be done twice`,
    { hint: "apply it the first time as a role that is in none of the lists; every later time any role may" },
  );
}

/** Where the role of a session is in the lists, such as `ed8k:eks.admins[0]`; a session's ARN has no path of the role. */
export function listedAs(eks: EksSettings, session: string): string | undefined {
  const [, account, name] = /^arn:[^:]+:sts::(\d+):assumed-role\/([^/]+)\//.exec(session) ?? [];
  if (account === undefined || name === undefined) return undefined;
  const isCaller = (role: string): boolean => role.includes(`:iam::${account}:role/`) && role.endsWith(`/${name}`);
  for (const list of ["admins", "developers", "ci"] as const) {
    const index = eks[list].findIndex(isCaller);
    if (index >= 0) return `ed8k:eks.${list}[${index}]`;
  }
  return undefined;
}

async function askEks({ name, aws: { region } }: AwsClusterSettings): Promise<boolean> {
  const client = new EKSClient({ region });
  try {
    await client.send(new DescribeClusterCommand({ name: clusterName(name) }));
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw explainAws(error, `the cluster ${clusterName(name)}`);
  } finally {
    client.destroy();
  }
}
