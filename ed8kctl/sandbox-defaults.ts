import { existsSync } from "node:fs";
import { sandboxFolder, sandboxPaths } from "../sandbox/paths.js";
import { sandboxEnvironment, unsetBeside } from "../sandbox/shell.js";
import { backendUrl } from "./engine/backend.js";

/**
 * Works on this checkout's sandbox when nobody has chosen another backend: after `npm run demo` the verbs then work in
 * any shell. A backend that is set or logged in to is never put aside.
 */
export function useSandboxWhereNothingElse(): void {
  if (backendUrl() !== "" || !existsSync(sandboxPaths(sandboxFolder()).settings)) return;
  useSandbox();
}

/** From now on this process, and what it starts, works on the sandbox. */
export function useSandbox(): void {
  const environment = sandboxEnvironment();
  Object.assign(process.env, environment);
  for (const name of unsetBeside(environment)) Reflect.deleteProperty(process.env, name);
}
