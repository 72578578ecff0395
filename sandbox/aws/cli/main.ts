import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { defaultProvider } from "@aws-sdk/credential-provider-node";
import { eksToken } from "../login/eks-token.js";
import { type AwsCommand, parseWords } from "./words.js";

/** The part of AWS' command that logins need, on machines that have none. */
async function main(): Promise<void> {
  const command = parseWords(process.argv.slice(2), process.env);
  if ("fault" in command) {
    console.error(command.fault);
    process.exitCode = 252;
    return;
  }
  process.stdout.write(await answer(command));
}

async function answer(command: AwsCommand): Promise<string> {
  switch (command.does) {
    case "version":
      return "aws-cli/2.0.0 (the ED8K sandbox's own: eks get-token, sts assume-role and sts get-caller-identity)\n";
    case "caller": {
      const client = new STSClient({ region: command.region });
      const { UserId, Account, Arn } = await client.send(new GetCallerIdentityCommand({}));
      return `${JSON.stringify({ UserId, Account, Arn }, undefined, 4)}\n`;
    }
    case "role": {
      const client = new STSClient({ region: command.region });
      const request = new AssumeRoleCommand({ RoleArn: command.role, RoleSessionName: command.session });
      const { Credentials, AssumedRoleUser } = await client.send(request);
      return `${JSON.stringify({ Credentials, AssumedRoleUser }, undefined, 4)}\n`;
    }
    case "token": {
      const { cluster, region } = command;
      const { token, expiresAt } = await eksToken({ cluster, region, keys: await defaultProvider()() });
      // Without fractions, as the real command has it: some clients take no others.
      const expirationTimestamp = expiresAt.toISOString().replace(/\.\d+Z$/, "Z");
      return `${JSON.stringify({
        kind: "ExecCredential",
        apiVersion: "client.authentication.k8s.io/v1beta1",
        spec: {},
        status: { expirationTimestamp, token },
      })}\n`;
    }
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 255;
});
