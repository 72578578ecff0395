import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

const DATA = "usr/lib/python3/dist-packages/awscli/botocore/data";

/** Leaves only some services in AWS' command-line program: the descriptions of all would be 100 MB. */
export function keepServices(root: string, services: readonly string[]): void {
  for (const entry of readdirSync(join(root, DATA), { withFileTypes: true })) {
    if (!entry.isDirectory() || services.includes(entry.name)) continue;
    rmSync(join(root, DATA, entry.name), { recursive: true });
  }
}
