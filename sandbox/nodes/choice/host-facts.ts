import { execFile } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmdirSync,
  rmSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { cacheFolder, checkoutRoot, type SandboxPaths } from "../../paths.js";
import { missingNodePrograms } from "../../tools/node-programs.js";
import { executablesOnPath } from "../../tools/path.js";
import { type Cgroups, CONTROLLERS, type HostFacts, obstacleTo } from "./checks.js";

const CGROUPS = "/sys/fs/cgroup";
/** Programs of the base system that the node's own scripts use. */
const PROGRAMS = ["bash", "ip", "mount", "nsenter", "setpriv", "unshare"] as const;
/** In their place the node has folders of its own: `node.sh`. */
const HIDDEN = ["/run", "/sys", "/var/log", "/var/lib/cni", "/var/lib/kubelet"] as const;

/** Looks at this machine, for the sandbox of these paths, beside which it tries things out; changes nothing that stays. */
export async function readHostFacts(paths: Pick<SandboxPaths, "folder">): Promise<HostFacts> {
  const { platform } = process;
  const isRoot = process.getuid?.() === 0;
  const cgroups = platform === "linux" ? readCgroups() : ({ version: 0, missing: [] } as const);
  const path = process.env["PATH"] ?? "";
  const missing = PROGRAMS.filter((name) => !isOnPath(name, path));
  const unfetchable = isOnPath("apt-get", path) ? [] : await missingNodePrograms();
  const hidden = hiddenFolder([dirname(paths.folder), cacheFolder(), checkoutRoot()]);
  const facts = { platform, isRoot, cgroups, missing, unfetchable, hidden };
  return obstacleTo(facts) === undefined ? { ...facts, trial: await tryOut(paths.folder) } : facts;
}

/** The first of the folders that the node would not see, as it is called here; they need not exist yet. */
export function hiddenFolder(folders: readonly string[]): string | undefined {
  return folders.find((folder) => {
    const real = `${realFolder(folder)}/`;
    return HIDDEN.some((hidden) => real.startsWith(`${hidden}/`));
  });
}

/** With links followed, as in /var/run. */
function realFolder(folder: string): string {
  if (existsSync(folder)) return realpathSync(folder);
  return join(realFolder(dirname(folder)), basename(folder));
}

function isOnPath(name: string, path: string): boolean {
  return executablesOnPath(name, path).length > 0;
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

/** Everything that the node's first process does, in namespaces that end with the script. */
const TRIAL = `set -eu
step() { echo "$1" > "$TRIAL/step"; shift; "$@" 2>"$TRIAL/said"; }
cd "$TRIAL"
mkdir lower upper work merged
step "no overlay can be mounted in $FOLDER" mount -t overlay -o lowerdir=lower,upperdir=upper,workdir=work overlay merged
step "no sysfs can be mounted" mount -t sysfs sysfs /sys
step "no pair of network links can be made" ip link add trial0 type veth peer name trial1
`;

async function tryOut(folder: string): Promise<string | undefined> {
  mkdirSync(dirname(folder), { recursive: true });
  const trial = mkdtempSync(join(dirname(folder), ".ed8k-trial-"));
  const spaces = ["--mount", "--pid", "--net", "--uts", "--ipc", "--fork", "--kill-child", "--mount-proc"];
  try {
    await promisify(execFile)("unshare", [...spaces, "bash", "-c", TRIAL], {
      timeout: 10_000,
      // unshare takes no other while it waits for its child.
      killSignal: "SIGKILL",
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
