import { ADMIN_POLICY } from "../front/eks/access-policies.js";
import { principalOf } from "../front/eks/access-entries.js";
import type { Access } from "../front/eks/state.js";
import { fillUserName } from "../front/eks/user-names.js";

/** Whose keys a token was signed with, in STS' words. */
export interface Identity {
  readonly arn: string;
  readonly account: string;
  readonly userId: string;
}

/** A user as the API server sees one. */
export interface KubeUser {
  readonly username: string;
  readonly uid: string;
  readonly groups: readonly string[];
  readonly extra: Readonly<Record<string, readonly string[]>>;
}

/**
 * The user that somebody is in a cluster, by its access entries; `undefined` when none is for them.
 * https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html
 * @param entries by principal
 */
export function kubeUser(identity: Identity, entries: Readonly<Record<string, Access>>): KubeUser | undefined {
  const principal = principalOf(identity.arn);
  const access = Object.entries(entries).find(([one]) => withoutPath(one) === principal)?.[1];
  if (access === undefined) return undefined;
  const { username = principal, kubernetesGroups = [] } = access.entry;
  const session = identity.arn.split("/").slice(2).join("/");
  const isAdmin = access.policies.some(
    ({ policyArn, accessScope }) => policyArn === ADMIN_POLICY && accessScope?.type === "cluster",
  );
  return {
    username: fillUserName(username, { account: identity.account, session }),
    uid: `aws-iam-authenticator:${identity.account}:${identity.userId.split(":")[0] ?? ""}`,
    groups: [...kubernetesGroups, ...(isAdmin ? ["system:masters"] : [])],
    extra: { arn: [identity.arn], canonicalArn: [principal], ...(session === "" ? {} : { sessionName: [session] }) },
  };
}

/** STS leaves out a role's path: `…:role/team/dev` is assumed as `…:assumed-role/dev`. */
function withoutPath(principal: string): string {
  return principal.replace(/:role\/.*\//, ":role/");
}
