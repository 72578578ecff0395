import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** Where stacks are kept: `$PULUMI_BACKEND_URL`, else where `pulumi login` went; empty when neither is set. */
export function backendUrl(env: NodeJS.ProcessEnv = process.env): string {
  const url = env["PULUMI_BACKEND_URL"] ?? "";
  if (url !== "") return url;
  try {
    const file = join(env["PULUMI_HOME"] ?? join(homedir(), ".pulumi"), "credentials.json");
    return (JSON.parse(readFileSync(file, "utf8")) as { current?: string }).current ?? "";
  } catch {
    return "";
  }
}
