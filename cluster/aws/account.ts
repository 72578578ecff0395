import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { UserError } from "../../errors.js";
import type { AwsClusterSettings } from "./settings.js";

/** Whose credentials are in use: AWS' own answer. */
export interface Caller {
  readonly account: string;
  readonly arn: string;
}

/**
 * Makes sure that what is about to be applied goes into an account that the settings name.
 * @param caller asks AWS; another one only in tests
 * @returns the account
 * @throws UserError when it is another one, or when AWS does not know whoever asks
 */
export async function requireAccount(settings: AwsClusterSettings, caller = askCaller): Promise<string> {
  const { accounts, region } = settings.aws;
  const { account, arn } = await caller(region);
  if (accounts.includes(account)) return account;
  throw new UserError(
    `the AWS credentials in use are ${arn} of account ${account}, but stack ${settings.name} is for ${accounts.join(", ")} alone`,
    { hint: "sign in to that account (AWS_PROFILE, aws sso login); if the list is wrong: ed8k:aws.accounts" },
  );
}

/** @throws UserError when AWS does not say who asks */
export async function askCaller(region: string): Promise<Caller> {
  const client = new STSClient({ region });
  try {
    const { Account, Arn } = await client.send(new GetCallerIdentityCommand({}));
    return { account: Account ?? "", arn: Arn ?? "" };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UserError(`AWS does not say whose credentials are in use: ${reason}`, {
      hint: 'sign in to the development account (AWS_PROFILE, aws sso login); in the sandbox: eval "$(ed8kctl sandbox env)"',
      cause,
    });
  } finally {
    client.destroy();
  }
}
