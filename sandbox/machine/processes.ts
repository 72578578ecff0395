import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { setTimeout as pause } from "node:timers/promises";

/** A process that cannot be mistaken for a later one which got the same number. */
export interface ProcessId {
  readonly pid: number;
  /** When it started, in the system's own words; only compared, never read. */
  readonly startTime: string;
}

/** Marks every program that the sandbox's supervisor runs: an environment variable with the sandbox's folder. */
export const PART_OF = "ED8K_SANDBOX_PART";
/** Marks plugins that an engine in the sandbox's shell started. */
export const CLIENT_OF = "ED8K_SANDBOX_CLIENT";

/** The identity of a process that runs now; `undefined` when there is none of that number. */
export function identifyProcess(pid: number): ProcessId | undefined {
  const startTime = process.platform === "linux" ? linuxStartTime(pid) : psField(pid, "lstart");
  return startTime === undefined ? undefined : { pid, startTime };
}

/**
 * Where process numbers mean what they mean here: this machine since it was started and, in a container, the container.
 * `undefined` where that cannot be told.
 */
export function processSpace(): string | undefined {
  if (process.platform !== "linux") return hostname();
  const boot = readText("/proc/sys/kernel/random/boot_id").trim();
  return boot === "" ? undefined : `${boot} ${readLink("/proc/self/ns/pid")}`;
}

/** False where the processes of other users are hidden: what is not seen may run all the same. https://man7.org/linux/man-pages/man5/proc_pid.5.html (hidepid) */
export function seesAllProcesses(): boolean {
  return identifyProcess(1) !== undefined;
}

/** True while exactly this process runs. */
export function isAlive({ pid, startTime }: ProcessId): boolean {
  return identifyProcess(pid)?.startTime === startTime;
}

/** Memory in use in bytes; `undefined` when the process is gone. */
export function residentBytes(pid: number): number | undefined {
  const kilobytes =
    process.platform === "linux"
      ? /^VmRSS:\s+(\d+) kB$/m.exec(readText(`/proc/${pid}/status`))?.[1]
      : psField(pid, "rss");
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}

/**
 * The supervisor and the components of the sandbox in `folder`, whoever started them. It finds what a killed supervisor
 * left, even what it had not yet written down. Only Linux tells; elsewhere the list is empty.
 */
export function partsOf(folder: string): readonly ProcessId[] {
  const mark = `${PART_OF}=${folder}`;
  return processesWhere((pid) => readText(`/proc/${pid}/environ`).split("\0").includes(mark));
}

/** Plugins that use the sandbox in `folder` and may have outlived their engine: stand-ins, and published ones linked into it. */
export function clientsOf(folder: string): readonly ProcessId[] {
  const mark = `${CLIENT_OF}=${folder}`;
  return processesWhere(
    (pid) =>
      readText(`/proc/${pid}/cmdline`).startsWith(`${folder}/`) ||
      readText(`/proc/${pid}/environ`).split("\0").includes(mark),
  );
}

/** The value of an environment variable that a process was started with, or its `cmdline`; only Linux tells. */
export function markOf(pid: number | string, name: string): string | undefined {
  if (name === "cmdline") return nonEmpty(readText(`/proc/${pid}/cmdline`));
  const prefix = `${name}=`;
  const variable = readText(`/proc/${pid}/environ`)
    .split("\0")
    .find((entry) => entry.startsWith(prefix));
  return variable?.slice(prefix.length);
}

/** Every process that was started with an environment variable of that name; only Linux tells. */
export function processesMarked(name: string): readonly { readonly id: ProcessId; readonly mark: string }[] {
  return processesWhere((pid) => markOf(pid, name) !== undefined).flatMap((id) => {
    const mark = markOf(id.pid, name);
    return mark === undefined ? [] : [{ id, mark }];
  });
}

/** The child of a process that has only one; only Linux tells. */
export function childOf(pid: number): ProcessId | undefined {
  return processesWhere((candidate) => statFields(candidate)[1] === String(pid))[0];
}

/** Sends a signal to exactly this process; does nothing when it is gone. */
export function signalProcess(id: ProcessId, signal: NodeJS.Signals): void {
  if (!isAlive(id)) return;
  try {
    process.kill(id.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

const POLL_MS = 20;

/** Asks processes to end, waits up to `graceMs`, then kills what is left; resolves when all are gone. */
export async function endProcesses(ids: readonly ProcessId[], graceMs: number): Promise<void> {
  for (const id of ids) signalProcess(id, "SIGTERM");
  const deadline = Date.now() + graceMs;
  while (ids.some(isAlive)) {
    if (Date.now() > deadline) for (const id of ids) signalProcess(id, "SIGKILL");
    await pause(POLL_MS);
  }
}

/** Ends processes at once; resolves when all are gone. */
export async function killProcesses(ids: readonly ProcessId[]): Promise<void> {
  for (const id of ids) signalProcess(id, "SIGKILL");
  while (ids.some(isAlive)) await pause(POLL_MS);
}

/** From the third on: state, parent, … */
function statFields(pid: number | string): readonly string[] {
  const stat = readText(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
}

/**
 * The 22nd field, in clock ticks since boot; the second, a name, may itself hold spaces and brackets. A zombie has
 * ended, its parent just has not looked yet. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
 */
function linuxStartTime(pid: number): string | undefined {
  const fields = statFields(pid);
  const [state] = fields;
  return state === undefined || state === "" || state === "Z" || state === "X" ? undefined : fields[19];
}

function processesWhere(matches: (pid: string) => boolean): readonly ProcessId[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc")
    .filter((name) => /^[0-9]+$/.test(name) && Number(name) !== process.pid && matches(name))
    .flatMap((name) => identifyProcess(Number(name)) ?? []);
}

function psField(pid: number, field: "lstart" | "rss"): string | undefined {
  try {
    const text = execFileSync("ps", ["-o", `${field}=`, "-p", String(pid)], { encoding: "utf8" }).trim();
    return text === "" ? undefined : text;
  } catch {
    return undefined;
  }
}

function nonEmpty(text: string): string | undefined {
  return text === "" ? undefined : text;
}

function readLink(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
