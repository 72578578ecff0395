import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { CONTROLLERS } from "../../choice/checks.js";

const ROOT = "/sys/fs/cgroup";

/**
 * Makes the control group under which kubelet puts all pods, in every hierarchy of the machine.
 * https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/ (cgroupRoot)
 */
export function createCgroups(name: string, root = ROOT): void {
  for (const hierarchy of hierarchies(root).filter((path) => path === root || !isVersion2(path))) {
    const group = join(hierarchy, name);
    mkdirSync(group, { recursive: true });
    // A new group of version 1 may run on no processor and has no memory, and so takes no process.
    for (const file of ["cpuset.cpus", "cpuset.mems"]) {
      const parent = join(hierarchy, file);
      if (existsSync(parent)) writeFileSync(join(group, file), readFileSync(parent));
    }
    const enabled = join(group, "cgroup.subtree_control");
    if (existsSync(enabled)) writeFileSync(enabled, CONTROLLERS[2].map((controller) => `+${controller}`).join(" "));
  }
}

/** A process that was killed may stay in its group for a moment. In milliseconds. */
const EMPTY_MS = 10_000;

/** Removes it with all below; the node's processes have ended. Does nothing when it is not there. */
export async function removeCgroups(name: string, root = ROOT): Promise<void> {
  for (const hierarchy of hierarchies(root)) {
    const group = join(hierarchy, name);
    for (const deadline = Date.now() + EMPTY_MS; existsSync(group); await pause(20)) {
      try {
        removeTree(group);
      } catch (error) {
        if (Date.now() > deadline) throw error;
      }
    }
  }
}

/** Whether it is there in any hierarchy. */
export function hasCgroups(name: string, root = ROOT): boolean {
  return hierarchies(root).some((hierarchy) => existsSync(join(hierarchy, name)));
}

/**
 * Version 2 has one; of version 1 there is one for each controller, some under two names. Beside those systemd mounts one
 * of version 2, without controllers, in which runc makes groups as well.
 */
function hierarchies(root: string): readonly string[] {
  if (!existsSync(root)) return [];
  if (existsSync(join(root, "cgroup.procs"))) return [root];
  const found = readdirSync(root).map((name) => realpathSync(join(root, name)));
  return [...new Set(found)].filter((path) => existsSync(join(path, "cgroup.procs")));
}

function isVersion2(hierarchy: string): boolean {
  return existsSync(join(hierarchy, "cgroup.controllers"));
}

/** The kernel's own files in a group go with it. */
function removeTree(group: string): void {
  for (const entry of readdirSync(group, { withFileTypes: true })) {
    if (entry.isDirectory()) removeTree(join(group, entry.name));
  }
  rmdirSync(group);
}
