import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { executablesOnPath } from "../../tools/path.js";
import { type Cgroups, CONTROLLERS, type HostFacts } from "./checks.js";

const CGROUPS = "/sys/fs/cgroup";
/** Programs of the base system that the node's own scripts use, and those that Debian's packages could bring. */
const PROGRAMS = {
  system: ["bash", "ip", "mount", "nsenter", "setpriv", "unshare"],
  fetched: ["containerd", "ctr", "nft", "runc"],
} as const;

/** Looks at this machine; changes nothing that stays. @param trial a folder for that, on the disk of the sandbox */
export async function readHostFacts(trial: string): Promise<HostFacts> {
  const { platform } = process;
  const isRoot = process.getuid?.() === 0;
  const cgroups = platform === "linux" ? readCgroups() : ({ version: 0, missing: [] } as const);
  const missing = missingPrograms(process.env["PATH"] ?? "");
  const isWorthIt = platform === "linux" && isRoot && missing.length === 0;
  return { platform, isRoot, cgroups, missing, trial: isWorthIt ? await tryOut(trial) : undefined };
}

/** How cgroups are mounted here. https://docs.kernel.org/admin-guide/cgroup-v2.html */
export function readCgroups(root = CGROUPS): Cgroups {
  const enabled = join(root, "cgroup.subtree_control");
  if (existsSync(enabled)) {
    const words = readFileSync(enabled, "utf8").trim().split(/\s+/);
    return { version: 2, missing: CONTROLLERS[2].filter((name) => !words.includes(name)) };
  }
  const isThere = (name: string): boolean => existsSync(join(root, name, "cgroup.procs"));
  const missing = CONTROLLERS[1].filter((name) => !isThere(name));
  return missing.length === CONTROLLERS[1].length ? { version: 0, missing: [] } : { version: 1, missing };
}

/** Programs that are neither on PATH nor to be had. */
export function missingPrograms(path: string): readonly string[] {
  const isMissing = (name: string): boolean => executablesOnPath(name, path).length === 0;
  return [...PROGRAMS.system, ...(isMissing("apt-get") ? PROGRAMS.fetched : [])].filter(isMissing);
}

/** Everything that the node's first process does, in namespaces that end with the script. */
const TRIAL = `set -eu
step() { echo "$1" > "$TRIAL/step"; shift; "$@" 2>"$TRIAL/said"; }
cd "$TRIAL"
mkdir lower upper work merged
step "no overlay can be mounted in $FOLDER" mount -t overlay -o lowerdir=lower,upperdir=upper,workdir=work overlay merged
step "no sysfs can be mounted" mount -t sysfs sysfs /sys
step "no pair of network links can be made" ip link add trial0 type veth peer name trial1
`;

async function tryOut(trial: string): Promise<string | undefined> {
  rmSync(trial, { recursive: true, force: true });
  mkdirSync(trial, { recursive: true });
  const spaces = ["--mount", "--pid", "--net", "--uts", "--ipc", "--fork", "--kill-child", "--mount-proc"];
  try {
    await promisify(execFile)("unshare", [...spaces, "bash", "-c", TRIAL], {
      timeout: 10_000,
      env: { PATH: process.env["PATH"], TRIAL: trial, FOLDER: dirname(trial) },
    });
    return cgroupObstacle();
  } catch (error) {
    const told = (name: string): string =>
      existsSync(join(trial, name)) ? readFileSync(join(trial, name), "utf8") : "";
    const step = told("step").trim() || "no namespaces can be made";
    const why = (told("said").trim() || (error as Error).message.trim()).split("\n").at(-1) ?? "";
    return `${step}: ${why}`;
  } finally {
    rmSync(trial, { recursive: true, force: true });
  }
}

/** In containers the groups are often there to be read only. */
function cgroupObstacle(): string | undefined {
  const parent = readdirSync(CGROUPS).includes("memory") ? join(CGROUPS, "memory") : CGROUPS;
  const trial = join(parent, `ed8k-trial-${process.pid}`);
  try {
    mkdirSync(trial);
    rmdirSync(trial);
    return undefined;
  } catch (error) {
    return `no control group can be made in ${parent}: ${(error as NodeJS.ErrnoException).code ?? "unknown error"}`;
  }
}
