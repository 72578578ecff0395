import { UserError } from "../../../errors.js";
import type { NodesSettings } from "../../records/settings.js";
import { type NodesSpec, REAL_ONLY, SIMULATED_ONLY } from "./spec.js";

/** What must be known of a machine before it gets a real node. */
export interface HostFacts {
  readonly platform: NodeJS.Platform;
  readonly isRoot: boolean;
  readonly cgroups: Cgroups;
  /** What failed when namespaces, mounts and links were tried; `undefined` when nothing did. */
  readonly trial?: string | undefined;
  /** A folder that the node must see, and would not: it has one of its own in its place. */
  readonly hidden?: string | undefined;
  /** Programs of the base system that are not on PATH. */
  readonly missing: readonly string[];
  /** Programs of the node that are not here, and that no `apt-get` can fetch. */
  readonly unfetchable: readonly string[];
}

/** How the kernel's control groups are mounted, and which controllers the node would miss. */
export interface Cgroups {
  /** 0: not mounted at all. */
  readonly version: 0 | 1 | 2;
  readonly missing: readonly string[];
}

/** Controllers without which kubelet or runc do not start, by version of cgroups. */
export const CONTROLLERS = {
  1: ["cpu", "cpuacct", "cpuset", "memory", "pids", "devices", "freezer"],
  2: ["cpu", "cpuset", "memory", "pids"],
} as const;

/** Why a sandbox has the nodes that somebody asked for. */
export const ASKED = "--nodes asked for it";
const UNTRIED = "real nodes have not been tried on cgroup v2";

/**
 * Which nodes a new sandbox gets, and why.
 * @param asked `undefined`: whatever suits the machine
 * @throws UserError when a real node is asked for on a machine that cannot have one: the reason
 */
export function chooseNodes(asked: NodesSpec | undefined, facts: HostFacts): NodesSettings {
  const obstacle = obstacleTo(facts);
  if (asked?.real === true) {
    if (obstacle !== undefined) {
      throw new UserError(`this machine cannot have a real node: ${obstacle}`, {
        hint: "ed8kctl sandbox up --nodes simulated works everywhere; its pods run no process",
      });
    }
    const caution = facts.cgroups.version === 2 ? ` (${UNTRIED})` : "";
    return { ...asked, reason: `${ASKED}${caution}` };
  }
  if (asked !== undefined) return { ...asked, reason: ASKED };
  if (obstacle !== undefined) return { ...SIMULATED_ONLY, reason: `no real node: ${obstacle}` };
  if (facts.cgroups.version === 2) {
    return { ...SIMULATED_ONLY, reason: `no real node by default: ${UNTRIED}; --nodes real tries it` };
  }
  return { ...REAL_ONLY, reason: "this is Linux, you are root, and every check has passed" };
}

/** Why a machine cannot have a real node: the first reason found; `undefined` when there is none. */
export function obstacleTo({ platform, isRoot, cgroups, ...found }: HostFacts): string | undefined {
  if (platform !== "linux") return `it needs Linux, and this is ${platform}`;
  if (!isRoot) return "it needs root, for namespaces, mounts and a network of its own";
  if (cgroups.version === 0) return "no control groups are mounted in /sys/fs/cgroup";
  if (cgroups.missing.length > 0) {
    return `the cgroup v${cgroups.version} controllers ${cgroups.missing.join(", ")} are not enabled`;
  }
  const { missing, unfetchable, hidden, trial } = found;
  if (missing.length > 0) return `not on PATH: ${missing.join(", ")}`;
  if (unfetchable.length > 0) return `not here, and no apt-get to fetch it with: ${unfetchable.join(", ")}`;
  if (hidden !== undefined)
    return `its programs would not see ${hidden}, in whose place the node has a folder of its own`;
  return trial;
}
