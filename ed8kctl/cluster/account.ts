import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { UserError } from "../../errors.js";
import { explainAws } from "../aws/refusals.js";
import type { AwsTarget } from "./whereabouts.js";

/**
 * Makes sure that AWS knows whoever asks as somebody of the cluster's account.
 * @param send asks AWS; another one only in tests
 * @returns the account
 * @throws UserError when it is another account, or AWS does not say
 */
export async function requireAccountOf({ stack, accounts, region }: AwsTarget, send = askSts): Promise<string> {
  const { Account: account = "", Arn: arn = "" } = await send(region).catch((error: unknown) => {
    throw explainAws(error, "whose credentials are in use");
  });
  if (accounts.includes(account)) return account;
  throw new UserError(
    `the AWS credentials in use are ${arn} of account ${account}, but the cluster ${stack} is in ${accounts.join(" or ")}`,
    { hint: "sign in to that account (AWS_PROFILE, aws sso login)" },
  );
}

async function askSts(
  region: string,
): Promise<{ readonly Account?: string | undefined; readonly Arn?: string | undefined }> {
  const client = new STSClient({ region });
  try {
    return await client.send(new GetCallerIdentityCommand({}));
  } finally {
    client.destroy();
  }
}
