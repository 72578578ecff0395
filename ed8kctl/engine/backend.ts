import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/**
 * Where stacks are kept: `$PULUMI_BACKEND_URL`, else where `pulumi login` went; empty when neither is set. It is written
 * on namespaces, which everybody may read, so a password in it is left out.
 */
export function backendUrl(env: NodeJS.ProcessEnv = process.env): string {
  const url = env["PULUMI_BACKEND_URL"] ?? "";
  return withoutPassword(url === "" ? loggedInTo(env) : url);
}

function loggedInTo(env: NodeJS.ProcessEnv): string {
  try {
    const file = join(env["PULUMI_HOME"] ?? join(homedir(), ".pulumi"), "credentials.json");
    return (JSON.parse(readFileSync(file, "utf8")) as { current?: string }).current ?? "";
  } catch {
    return "";
  }
}

/** Such as that of `postgres://user:password@host/state`. */
function withoutPassword(url: string): string {
  return url.replace(/^([a-z0-9+.-]+:\/\/[^/@:]*):[^/@]*@/i, "$1@");
}
