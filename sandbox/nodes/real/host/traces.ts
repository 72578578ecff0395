import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";
import { hasCgroups, removeCgroups } from "./cgroups.js";
import { hostNames } from "../layout.js";

/**
 * Removes what a real node has on the host outside of the sandbox's folder: its link, with the routes over it, and its
 * control groups. The node's processes have ended. Does nothing where there is none.
 */
export async function removeTraces(folder: string): Promise<void> {
  const { link, cgroup } = hostNames(folder);
  if (hasLink(link)) {
    // The kernel removes a link some time after its namespace: it may go in between.
    await promisify(execFile)("ip", ["link", "delete", link]).catch((error: unknown) => {
      if (hasLink(link)) throw error;
    });
  }
  await removeCgroups(cgroup);
}

/** Whether a real node has left any. */
export function hasTraces(folder: string): boolean {
  const { link, cgroup } = hostNames(folder);
  return hasLink(link) || hasCgroups(cgroup);
}

function hasLink(name: string): boolean {
  return existsSync(`/sys/class/net/${name}`);
}
