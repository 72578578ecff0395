import { existsSync, lstatSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SandboxPaths } from "../paths.js";

const SENTENCE =
  "This file keeps Pulumi's engine from writing a debug log of each run into a folder of this name, which takes as long as the run itself.\n";

/**
 * Keeps the engine from its debug log, 20 to 70 MB for each run on a cluster on AWS, which nobody reads: a file stands
 * where its folder would be, and it then goes on without. A folder from earlier runs is removed.
 * https://github.com/pulumi/pulumi/blob/v3.259.0/pkg/logging/encrypted.go
 */
export function keepOutDebugLogs({ pulumiHome }: Pick<SandboxPaths, "pulumiHome">): void {
  const logs = join(pulumiHome, "logs");
  if (lstatSync(logs, { throwIfNoEntry: false })?.isDirectory() === true) rmSync(logs, { recursive: true });
  if (!existsSync(logs)) writeFileSync(logs, SENTENCE);
}
