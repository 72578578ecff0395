import { rmSync } from "node:fs";
import { hostname } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { UserError } from "../../errors.js";
import {
  endProcesses,
  identifyProcess,
  isAlive,
  markOf,
  processesMarked,
  type ProcessId,
} from "../../sandbox/machine/processes.js";

/** Marks every engine that `ed8kctl` starts, and the plugins of that engine, with the `ed8kctl` that drives it. */
export const DRIVER = "ED8K_DRIVER";

/** The mark of this process. */
export function driverMark(): string {
  const { pid, startTime } = identifyProcess(process.pid) ?? { pid: process.pid, startTime: "" };
  return JSON.stringify({ pid, startTime });
}

/** Who holds a stack's lock, as the backend's refusal says it. */
export interface LockHolder {
  readonly user: string;
  readonly host: string;
  readonly pid: number;
}

/** Reads `created by root@vm (pid 12) at …` out of the engine's refusal. */
export function lockHolders(refusal: string): readonly LockHolder[] {
  return [...refusal.matchAll(/created by (\S*)@(\S+) \(pid (\d+)\)/g)].map(([, user = "", host = "", pid = ""]) => ({
    user,
    host,
    pid: Number(pid),
  }));
}

/**
 * Removes locks whose holders are known to be gone, file by file: where `stack init` itself was killed there is no
 * stack yet, and then `pulumi cancel` refuses.
 * @throws UserError that names what to remove, where the backend is no folder
 */
export function removeLockFiles(stack: string, refusal: string): void {
  for (const [, url = ""] of refusal.matchAll(/^\s*(\S+): created by /gm)) {
    const { protocol, pathname, href, search } = new URL(url);
    if (protocol !== "file:") {
      throw new UserError(`${stack} is locked by a run that was killed before it had made the stack`, {
        hint: `remove the lock ${href.replace(search, "")} and run the command again`,
      });
    }
    rmSync(decodeURIComponent(pathname), { force: true });
  }
}

/** How long an engine whose `ed8kctl` was killed may take to notice it and end by itself, in milliseconds. */
const ORPHAN_MS = 10_000;

/**
 * Resolves when every holder of the lock is known to have been killed, so that the lock may be removed; what they left
 * running has ended then. Locks of other machines are never touched: nobody here knows whether their holders live.
 * @throws UserError (busy) when an update really runs
 */
export async function requireAbandoned(stack: string, refusal: string): Promise<void> {
  const holders = lockHolders(refusal);
  const [holder] = holders;
  if (holder === undefined) throw busy(stack, "another update");
  for (const { user, host, pid } of holders) {
    const engine = host === hostname() ? identifyProcess(pid) : undefined;
    if (host !== hostname()) throw busy(stack, `an update by ${user} on ${host} (pid ${pid})`);
    if (engine !== undefined && isPulumi(pid) && !isOrphan(pid)) throw busy(stack, `an update by ${user} (pid ${pid})`);
    if (engine !== undefined && isPulumi(pid)) await endOrphan(engine);
  }
  await endProcesses(orphanedPlugins(), 0);
}

function busy(stack: string, who: string): UserError {
  return new UserError(`${stack} is busy: ${who} is running`, {
    hint: "wait until it has ended and run the command again",
    exit: "busy",
  });
}

/** A number may have been given to another program by now. Where that cannot be told, the lock counts as held. */
function isPulumi(pid: number): boolean {
  const name = markOf(pid, "cmdline");
  return name === undefined || name.includes("pulumi");
}

/** True when the `ed8kctl` that started the engine is gone; one that a person started has no mark and is none. */
function isOrphan(pid: number): boolean {
  const driver = driverOf(markOf(pid, DRIVER));
  return driver !== undefined && !isAlive(driver);
}

function driverOf(mark: string | undefined): ProcessId | undefined {
  return mark === undefined ? undefined : (JSON.parse(mark) as ProcessId);
}

async function endOrphan(engine: ProcessId): Promise<void> {
  for (const deadline = Date.now() + ORPHAN_MS; isAlive(engine) && Date.now() < deadline;) await pause(100);
  await endProcesses([engine], 5000);
}

function orphanedPlugins(): readonly ProcessId[] {
  return processesMarked(DRIVER).flatMap(({ id, mark }) => {
    const driver = driverOf(mark);
    return driver === undefined || isAlive(driver) ? [] : [id];
  });
}
