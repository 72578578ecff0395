import { AwsError } from "../aws-error.js";

/** What Kubernetes and AWS keep for themselves. https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html */
const RESERVED = /^(system|eks|aws|amazon|iam):/;

/** @throws AwsError for groups that EKS does not give to anybody */
export function requireGroups<T extends readonly string[]>(groups: T): T {
  const bad = groups.find((group) => RESERVED.test(group));
  if (bad === undefined) return groups;
  throw new AwsError(
    "InvalidParameterException",
    `The kubernetes group name ${bad} is invalid, it cannot start with system:, eks:, aws:, amazon: or iam:`,
  );
}

/**
 * Whoever assumes a role chooses the session's name: without a colon before it, it could be any user's.
 * @throws AwsError for names that EKS does not give to anybody
 */
export function requireUserName(name: string): string {
  if (RESERVED.test(name)) {
    throw new AwsError(
      "InvalidParameterException",
      `The username ${name} is invalid, it cannot start with system:, eks:, aws:, amazon: or iam:`,
    );
  }
  const session = name.search(/\{\{SessionName(Raw)?\}\}/);
  if (session >= 0 && !name.slice(0, session).includes(":")) {
    throw new AwsError("InvalidParameterException", `The username ${name} must contain a colon before {{SessionName}}`);
  }
  return name;
}

/**
 * The user that a session of a role becomes. In `{{SessionName}}` each @ becomes a hyphen; `{{SessionNameRaw}}` is the
 * name as it is. https://github.com/kubernetes-sigs/aws-iam-authenticator#full-configuration-format
 */
export function fillUserName(
  template: string,
  { account, session }: { readonly account: string; readonly session: string },
): string {
  return template
    .replaceAll("{{AccountID}}", account)
    .replaceAll("{{SessionNameRaw}}", session)
    .replaceAll("{{SessionName}}", session.replaceAll("@", "-"));
}
