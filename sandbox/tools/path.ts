import { execFile } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { promisify } from "node:util";
import { parseVersion, type Tool, type Version } from "./table.js";

/** Executables of that name in the folders of PATH, in its order, without those in `except`. */
export function executablesOnPath(name: string, path: string, except?: string): readonly string[] {
  return path
    .split(delimiter)
    .filter((folder) => folder !== "" && resolve(folder) !== except)
    .map((folder) => join(resolve(folder), name))
    .filter(isExecutable);
}

/** The first of `candidates` whose version suits; one that does not answer within 5 s does not suit. */
export async function firstSuitable(
  tool: Pick<Tool, "versionArgs" | "suits">,
  candidates: readonly string[],
): Promise<string | undefined> {
  for (const candidate of candidates) {
    const version = await versionOf(candidate, tool.versionArgs);
    if (version !== undefined && tool.suits(version)) return candidate;
  }
  return undefined;
}

async function versionOf(file: string, args: readonly string[]): Promise<Version | undefined> {
  try {
    // Pulumi would look for a newer release of itself first.
    const env = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" };
    return parseVersion((await promisify(execFile)(file, args, { timeout: 5000, env })).stdout);
  } catch {
    return undefined;
  }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
