import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../../errors.js";
import { readIfThere, writeAtomically } from "../machine/files.js";
import type { SandboxPaths } from "../paths.js";
import { REGION } from "./account.js";
import type { Keys } from "./login/sts-url.js";

/** Of the account's root in every sandbox; which one it is, the secret tells. */
export const ROOT_KEY_ID = "ED8KSANDBOX";

/** A key that belongs to no session. */
export type RootKey = Omit<Keys, "sessionToken">;

/** The files that AWS' SDKs read in the sandbox's shell, instead of the user's own. */
export interface AwsFiles {
  /** Holds the root's secret: for its owner only. */
  readonly credentials: string;
  /** Holds the region alone. */
  readonly config: string;
}

export function awsFiles({ aws }: Pick<SandboxPaths, "aws">): AwsFiles {
  return { credentials: join(aws, "credentials"), config: join(aws, "config") };
}

/**
 * Makes the root's key where there is none. Its secret is each sandbox's own: who may not read the file cannot become
 * the cluster's administrator, though everybody on the machine reaches the front.
 */
export function createRootKey(paths: Pick<SandboxPaths, "aws">): void {
  mkdirSync(paths.aws, { recursive: true, mode: 0o700 });
  const { credentials, config } = awsFiles(paths);
  writeAtomically(config, `[default]\nregion = ${REGION}\n`);
  if (readIfThere(credentials) !== undefined) return;
  const secret = randomBytes(30).toString("base64url");
  writeAtomically(credentials, `[default]\naws_access_key_id = ${ROOT_KEY_ID}\naws_secret_access_key = ${secret}\n`);
}

/**
 * The root's key, from a sandbox's file.
 * @throws UserError when it is not one that `createRootKey` has made
 */
export function readRootKey(file: string): RootKey {
  const content = readIfThere(file) ?? "";
  const value = (name: string): string => new RegExp(`^${name} = (\\S+)$`, "m").exec(content)?.[1] ?? "";
  const secretAccessKey = value("aws_secret_access_key");
  if (value("aws_access_key_id") === ROOT_KEY_ID && secretAccessKey !== "") {
    return { accessKeyId: ROOT_KEY_ID, secretAccessKey };
  }
  throw new UserError(`${file} holds no key of a sandbox with AWS`, { hint: "ed8kctl sandbox up --aws makes it" });
}
