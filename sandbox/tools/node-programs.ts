import { existsSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder, sandboxFolder, sandboxPaths } from "../paths.js";
import type { Work } from "./cache.js";
import { packedNodePrograms } from "./node-packages.js";
import { executablesOnPath, firstSuitable } from "./path.js";
import type { Version } from "./table.js";

/** Programs that run containers on a real node, besides those that are built. */
export interface NodePrograms {
  readonly containerd: string;
  readonly ctr: string;
  /** Folder with runc, containerd's shim and nft, as in PATH; empty when the machine's own PATH has them. */
  readonly path: string;
  /** Folder with the CNI plugins. */
  readonly cni: string;
}

/** 1.6 is the first whose sandboxes Kubernetes' present kubelet still manages. https://containerd.io/releases/#kubernetes-support */
const CONTAINERD = {
  versionArgs: ["--version"],
  suits: ([major, minor]: Version) => major > 1 || (major === 1 && minor >= 6),
};
/** What must be beside containerd on PATH. */
const BESIDE = ["containerd-shim-runc-v2", "runc", "nft"] as const;

/** Where distributions put CNI plugins: Debian's own package, and those of Docker and Kubernetes. */
const CNI_FOLDERS = ["/usr/lib/cni", "/opt/cni/bin"] as const;
/** What the node's network is made with; containerd asks for loopback by itself. */
const CNI_PLUGINS = ["host-local", "loopback", "ptp"] as const;

/**
 * The programs from the machine where it has them all, else from Debian packages that are unpacked in the cache: half
 * of each could not fit together.
 * @param folders where CNI plugins may be
 * @throws UserError when the machine has no apt either, sources cannot be reached, or the disk is full
 */
export async function resolveNodePrograms(work: Work, folders: readonly string[] = CNI_FOLDERS): Promise<NodePrograms> {
  return (await installedPrograms(folders)) ?? (await packedNodePrograms(cacheFolder(), work));
}

/** What this machine lacks of them, in words; empty where it has them all. */
export async function missingNodePrograms(folders: readonly string[] = CNI_FOLDERS): Promise<readonly string[]> {
  const { containerd, ctr, cni } = await foundPrograms(folders);
  return [
    ...(containerd === undefined ? ["containerd 1.6 or later"] : []),
    ...(ctr === undefined ? ["ctr"] : []),
    ...BESIDE.filter((name) => onPath(name).length === 0),
    ...(cni === undefined ? [`the CNI plugins ${CNI_PLUGINS.join(", ")} in ${folders.join(" or ")}`] : []),
  ];
}

async function installedPrograms(folders: readonly string[]): Promise<NodePrograms | undefined> {
  const { containerd, ctr, cni } = await foundPrograms(folders);
  if (containerd === undefined || ctr === undefined || cni === undefined) return undefined;
  return BESIDE.every((name) => onPath(name).length > 0) ? { containerd, ctr, path: "", cni } : undefined;
}

type Found = Readonly<Record<"containerd" | "ctr" | "cni", string | undefined>>;

async function foundPrograms(folders: readonly string[]): Promise<Found> {
  return {
    containerd: await firstSuitable(CONTAINERD, onPath("containerd")),
    ctr: onPath("ctr")[0],
    cni: folders.find((folder) => CNI_PLUGINS.every((plugin) => existsSync(join(folder, plugin)))),
  };
}

/** Without the sandbox's own folder of links. */
function onPath(name: string): readonly string[] {
  return executablesOnPath(name, process.env["PATH"] ?? "", sandboxPaths(sandboxFolder()).bin);
}
