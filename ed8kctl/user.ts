import { userInfo } from "node:os";

/** Who works: `$ED8K_USER`, else the name on this machine; what `create` records as owner and `list` shows by default. */
export function currentUser(env: NodeJS.ProcessEnv = process.env): string {
  const told = env["ED8K_USER"] ?? "";
  return told === "" ? userInfo().username : told;
}
