import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { canonicalBackend } from "../../environments/backend-url.js";

/**
 * Where stacks are kept: `$PULUMI_BACKEND_URL`, else where `pulumi login` went; empty when neither is set. It only tells
 * which backend it is (`canonicalBackend`); how to log in to it the engine reads by itself.
 */
export function backendUrl(env: NodeJS.ProcessEnv = process.env): string {
  const url = env["PULUMI_BACKEND_URL"] ?? "";
  return canonicalBackend(url === "" ? loggedInTo(env) : url);
}

function loggedInTo(env: NodeJS.ProcessEnv): string {
  try {
    const file = join(env["PULUMI_HOME"] ?? join(homedir(), ".pulumi"), "credentials.json");
    return (JSON.parse(readFileSync(file, "utf8")) as { current?: string }).current ?? "";
  } catch {
    return "";
  }
}
