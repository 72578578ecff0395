import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { hostNames } from "../../../sandbox/nodes/real/layout.js";
import { resolveNodePrograms } from "../../../sandbox/tools/node-programs.js";

/** Settings of the kernel that count something, and so are never the same. */
const COUNTERS =
  /^(fs\.(aio-nr|dentry-state|file-nr|inode-nr|inode-state|quota)|kernel\.(ns_last_pid|pty\.nr|random\.|sched_domain)|net\.netfilter\.nf_conntrack_count)/;

/** Folders in which programs of a node would keep something if they were not led elsewhere. */
const FOLDERS = ["/etc", "/etc/cni", "/etc/containerd", "/opt", "/opt/containerd", "/run", "/var/lib", "/var/log"];

/** A name that `hostNames` makes. */
const NAME = /ed8k[0-9a-f]{8}/;

/** Lines by what they are about. */
export type HostState = Readonly<Record<string, readonly string[]>>;

/**
 * What the real node of the sandbox in `folder` must leave as it was on its host, by name. Other sandboxes of the machine
 * come and go meanwhile; what they have of their own does not count.
 */
export async function hostState(folder: string): Promise<HostState> {
  const own = hostNames(folder).link;
  const isOwn = (line: string): boolean => NAME.test(line.replaceAll(own, "")) === false;
  return Object.fromEntries(Object.entries(await wholeState()).map(([name, found]) => [name, found.filter(isOwn)]));
}

async function wholeState(): Promise<HostState> {
  const nft = await nftProgram();
  return {
    mounts: lines(readFileSync("/proc/self/mounts", "utf8")),
    firewall: lines(run(nft, "list", "ruleset")),
    sysctls: lines(run("sysctl", "--all")).filter((line) => !COUNTERS.test(line)),
    routes: lines(run("ip", "route", "show", "table", "all")),
    links: readdirSync("/sys/class/net").sort(),
    cgroups: cgroups("/sys/fs/cgroup", 2).filter((path) => /ed8k|kubepods/.test(path)),
    folders: FOLDERS.filter(existsSync).flatMap((folder) => readdirSync(folder).map((name) => join(folder, name))),
  };
}

/** The one that the node has: a fresh machine has none of its own. */
export async function nftProgram(): Promise<string> {
  const { path } = await resolveNodePrograms({ report: () => undefined });
  return join(path, "nft");
}

function cgroups(folder: string, depth: number): readonly string[] {
  if (depth === 0 || !existsSync(folder)) return [];
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return names.flatMap(({ name }) => [join(folder, name), ...cgroups(join(folder, name), depth - 1)]);
}

/** Some settings can be read by nobody; what is said of those does not count. */
function run(command: string, ...args: readonly string[]): string {
  return execFileSync(command, args, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    maxBuffer: 16 * 1024 ** 2,
  });
}

function lines(text: string): readonly string[] {
  return text.split("\n").filter((line) => line !== "");
}
