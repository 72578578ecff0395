import type { AwsFiles } from "./root-key.js";

/** The account that the emulator plays; the one that AWS' own examples have. */
export const ACCOUNT = "111122223333";

/** The one region that the sandbox has; its simulated nodes are there as well. */
export const REGION = "eu-west-1";

/**
 * Variables with which AWS' SDKs, its command and Pulumi's provider work on the sandbox alone, as the account's root.
 * Keys in variables, such as those of a role's session, go before the file's; a profile would go before both.
 */
export function awsEnvironment(port: number, files: AwsFiles): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_SHARED_CREDENTIALS_FILE: files.credentials,
    AWS_CONFIG_FILE: files.config,
    // Else a client without keys would ask an address of the network for some.
    AWS_EC2_METADATA_DISABLED: "true",
    // Else each program with AWS' SDK would say on Node 20 that some day it will not run there.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  };
}

const UNSET = [
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "AWS_CREDENTIAL_EXPIRATION",
  "AWS_PROFILE",
  "AWS_DEFAULT_PROFILE",
  "AWS_ROLE_ARN",
  "AWS_WEB_IDENTITY_TOKEN_FILE",
  "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
];

/** Variables that would choose other keys or another endpoint than those of `awsEnvironment`. */
export function unsetForAws(env: NodeJS.ProcessEnv): readonly string[] {
  // Of one service each, such as AWS_ENDPOINT_URL_STS.
  const ofServices = Object.keys(env).filter((name) => name.startsWith("AWS_ENDPOINT_URL_"));
  return [...UNSET, ...ofServices.toSorted()];
}
