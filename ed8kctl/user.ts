import { userInfo } from "node:os";
import { UserError } from "../errors.js";

/** Who works: `$ED8K_USER`, else the name on this machine; what `create` records as owner and `list` shows by default. */
export function currentUser(env: NodeJS.ProcessEnv = process.env): string {
  const told = env["ED8K_USER"] ?? "";
  if (told !== "") return told;
  try {
    return userInfo().username;
  } catch (error) {
    // In containers that run under a number to which the system knows no name.
    throw new UserError("who works here cannot be told: this machine knows no name for the user", {
      hint: "set ED8K_USER to your name",
      cause: error,
    });
  }
}
