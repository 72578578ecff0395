import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { identifyProcess, isAlive, type ProcessId } from "./processes.js";

export interface LockOptions {
  /** Told once, with the holder's pid, when there is somebody to wait for. */
  readonly onWait?: (pid: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs `work` while no other process of this machine does so under the same lock file. The lock of a process that was
 * killed does not count. Folders above the file are made.
 */
export async function withLock<T>(file: string, options: LockOptions, work: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(file), { recursive: true });
  const { onWait, signal } = options;
  for (let told = false; !tryLock(file); await pause(50, undefined, { signal })) {
    const holder = lockHolder(file);
    if (holder === undefined) removeStale(file);
    else if (!told) {
      onWait?.(holder.pid);
      told = true;
    }
  }
  try {
    return await work();
  } finally {
    unlinkIfThere(file);
  }
}

/** The process that holds a lock now; `undefined` when nobody does. */
export function lockHolder(file: string): ProcessId | undefined {
  try {
    const holder = JSON.parse(readFileSync(file, "utf8")) as ProcessId;
    return isAlive(holder) ? holder : undefined;
  } catch {
    return undefined;
  }
}

/** Removes what processes that were killed left of a lock; one that is held stays. */
export function clearLock(file: string): void {
  if (!existsSync(dirname(file))) return;
  if (existsSync(file) && lockHolder(file) === undefined) removeStale(file);
  for (const name of readdirSync(dirname(file))) {
    const pid = name.startsWith(`${basename(file)}.`) ? Number(name.split(".").at(-2)) : Number.NaN;
    if (pid > 0 && identifyProcess(pid) === undefined) unlinkIfThere(join(dirname(file), name));
  }
}

let attempts = 0;

/** A link to a finished file appears at once and with its content, or not at all. */
function tryLock(file: string): boolean {
  attempts += 1;
  const ticket = `${file}.${process.pid}.${attempts}`;
  try {
    writeFileSync(ticket, JSON.stringify(identifyProcess(process.pid)), { mode: 0o600 });
    linkSync(ticket, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    unlinkIfThere(ticket);
  }
}

/** How long a process may take for the few lines that remove a dead one's lock, before it counts as dead too. */
const REMOVAL_MS = 10_000;

/** One at a time and after a second look, or the lock of a quicker process would be removed. */
function removeStale(file: string): void {
  const removing = `${file}.removing`;
  try {
    writeFileSync(removing, "", { flag: "wx", mode: 0o600 });
  } catch {
    if (ageMs(removing) > REMOVAL_MS) unlinkIfThere(removing);
    return;
  }
  if (lockHolder(file) === undefined) unlinkIfThere(file);
  unlinkIfThere(removing);
}

function ageMs(file: string): number {
  try {
    return Date.now() - statSync(file).mtimeMs;
  } catch {
    return 0;
  }
}

function unlinkIfThere(file: string): void {
  try {
    unlinkSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}
