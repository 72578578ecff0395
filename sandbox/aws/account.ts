/** The account that the emulator plays; the one that AWS' own examples have. */
export const ACCOUNT = "111122223333";

/** The one region that the sandbox has; its simulated nodes are there as well. */
export const REGION = "eu-west-1";

/**
 * Keys of the account's root in the sandbox's shell. They are no secret: they open nothing but the emulator, which
 * listens on loopback. The front checks the signature of EKS logins by them.
 */
export const ROOT_KEY = { accessKeyId: "ED8KSANDBOX", secretAccessKey: "ed8k-sandbox-no-secret" } as const;

/** Variables with which AWS' SDKs, its command and Pulumi's provider work on the sandbox alone. */
export function awsEnvironment(port: number): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_ACCESS_KEY_ID: ROOT_KEY.accessKeyId,
    AWS_SECRET_ACCESS_KEY: ROOT_KEY.secretAccessKey,
    // Else a client without keys would ask an address of the network for some.
    AWS_EC2_METADATA_DISABLED: "true",
    // Else each program with AWS' SDK would say on Node 20 that some day it will not run there.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  };
}

/** Would choose other keys or another endpoint than those of `awsEnvironment`. */
export const UNSET_FOR_AWS = [
  "AWS_PROFILE",
  "AWS_DEFAULT_PROFILE",
  "AWS_SESSION_TOKEN",
  "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
] as const;
