import { rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { PROJECT } from "../../config.js";
import { backendUrl } from "./backend.js";
import type { CliFailure } from "./cli.js";

const SCHEME = "file://";

/**
 * A file backend keeps attributes beside each state, which the engine writes in place: one that is killed in that moment
 * leaves an empty file, and then nobody can read the state, which is whole. It can be done without.
 * @returns true when that is what failed, and it is worth trying again: another call may have removed the file by now
 */
export function removeTornAttributes(stack: string, { result }: CliFailure): boolean {
  const backend = backendUrl();
  if (!/failed to load checkpoint: EOF/.test(result.stderr) || !backend.startsWith(SCHEME)) return false;
  const [path = ""] = backend.slice(SCHEME.length).split("?");
  const files = [`${stack}.json.attrs`, `${stack}.json.bak.attrs`];
  const torn = files
    .map((name) => join(path, ".pulumi", "stacks", PROJECT, name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.size === 0);
  for (const file of torn) rmSync(file, { force: true });
  return true;
}
