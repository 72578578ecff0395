import { rmSync } from "node:fs";
import { hostname } from "node:os";
import { basename } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { canonicalBackend } from "../../environments/backend-url.js";
import { UserError } from "../../errors.js";
import {
  endProcesses,
  identifyProcess,
  isAlive,
  markOf,
  processesMarked,
  type ProcessId,
  seesAllProcesses,
} from "../../sandbox/machine/processes.js";
import { recordedEngine } from "./engine-records.js";

/** Marks every engine that `ed8kctl` starts, and the plugins of that engine, with the `ed8kctl` that drives it. */
export const DRIVER = "ED8K_DRIVER";

/** The mark of this process. */
export function driverMark(): string {
  const { pid, startTime } = identifyProcess(process.pid) ?? { pid: process.pid, startTime: "" };
  return JSON.stringify({ pid, startTime });
}

/** Who holds a stack's lock, as the backend's refusal says it. */
export interface LockHolder {
  /** Where the lock lies, with what the backend's URL says of how it is reached. */
  readonly url: string;
  readonly user: string;
  readonly host: string;
  readonly pid: number;
  /** In milliseconds since 1970, to the second; NaN where it is not told. */
  readonly created: number;
}

/** Reads lines such as `file:///…/1.json: created by root@vm (pid 12) at …` out of the engine's refusal. */
export function lockHolders(refusal: string): readonly LockHolder[] {
  return [...refusal.matchAll(/^\s*(\S+): created by (.*)@(\S+) \(pid (\d+)\)(?: at (\S+))?/gm)].map(
    ([, url = "", user = "", host = "", pid = "", at = ""]) => ({
      url,
      user,
      host,
      pid: Number(pid),
      created: Date.parse(at),
    }),
  );
}

/** True where the backend is a folder, so that its locks are files of this machine. */
export function areLockFiles(refusal: string): boolean {
  return lockHolders(refusal).every(({ url }) => url.startsWith("file:"));
}

/** Removes locks, which are files, whose holders are known to be gone. */
export function removeLockFiles(refusal: string): void {
  for (const { url } of lockHolders(refusal)) {
    const file = fileURLToPath(new URL(url));
    // Beside each file the backend keeps another with its content type. https://pkg.go.dev/gocloud.dev/blob/fileblob
    for (const each of [file, `${file}.attrs`]) rmSync(each, { force: true });
  }
}

/** Names what a person must remove, because the engine cannot. */
export function lockObjectError(stack: string, refusal: string): UserError {
  const objects = lockHolders(refusal).map(({ url }) => canonicalBackend(url));
  return new UserError(`${stack} is locked by a run that was killed before it had made the stack`, {
    hint: `remove the lock ${objects.join(" and ")} and run the command again`,
  });
}

/** How long an engine whose `ed8kctl` was killed may take to notice it and end by itself, in milliseconds. */
const ORPHAN_MS = 10_000;

/**
 * Resolves when every holder of the lock is known to have been killed, so that the lock may be removed; what they left
 * running has ended then. Locks of which nobody here knows whether their holders live are never touched.
 * @throws UserError (busy) when an update really runs, or may run
 */
export async function requireAbandoned(
  stack: string,
  refusal: string,
  { seesAll }: Sight = { seesAll: seesAllProcesses() },
): Promise<void> {
  const holders = lockHolders(refusal);
  const told = Number(/locked by (\d+) lock/.exec(refusal)?.[1] ?? 1);
  // A holder that cannot be read cannot be judged.
  if (holders.length !== told) throw busyError(stack);
  for (const holder of holders) {
    const recorded = recordedEngine(stack, holder);
    const isLocal = holder.url.startsWith("file:") && seesAll;
    if (holder.host !== hostname() || (recorded === undefined && !isLocal)) throw unknownHolderError(stack, holder);
    const engine = identifyProcess(holder.pid);
    if (engine === undefined || !isEngine(engine)) continue;
    if (recorded !== undefined && recorded.startTime !== engine.startTime) continue;
    if (!isOrphan(engine)) throw busyError(stack, holder);
    await endOrphan(engine);
  }
  await endProcesses(orphanedPlugins(), 0);
}

/** What this process can see of its machine. */
export interface Sight {
  /** False where processes of other users are hidden. */
  readonly seesAll: boolean;
}

const WAIT = "wait until it has ended and run the command again";

/** @param holder who holds the stack, where that is known */
export function busyError(stack: string, holder?: LockHolder, hint = WAIT): UserError {
  return new UserError(`${stack} is busy: ${whoHolds(holder)} is running`, { hint, exit: "busy" });
}

/** Machines may have equal names, so that nothing is seen here of the holder proves nothing. */
function unknownHolderError(stack: string, holder: LockHolder): UserError {
  const hint = `${WAIT}; if you are sure that it was killed: pulumi cancel --stack ${stack}`;
  return busyError(stack, holder, hint);
}

function whoHolds(holder: LockHolder | undefined): string {
  if (holder === undefined) return "another update";
  const { user, host, pid } = holder;
  return host === hostname() ? `an update by ${user} (pid ${pid})` : `an update by ${user} on ${host} (pid ${pid})`;
}

/**
 * A number may have been given to another program by now. Where that cannot be told, the lock counts as held. The second
 * word is the program's name where the first one is that of an interpreter.
 */
function isEngine({ pid }: ProcessId): boolean {
  const words = markOf(pid, "cmdline")?.split("\0").slice(0, 2);
  return words === undefined || words.some((word) => ["pulumi", "pulumi.exe"].includes(basename(word)));
}

/** True when the `ed8kctl` that started the engine is gone; one that a person started has no mark and is none. */
function isOrphan({ pid }: ProcessId): boolean {
  const driver = driverOf(markOf(pid, DRIVER));
  return driver !== undefined && !isAlive(driver);
}

/** A mark that somebody else has written says nothing. */
function driverOf(mark: string | undefined): ProcessId | undefined {
  const found = /^\{"pid":(\d+),"startTime":"([^"]+)"\}$/.exec(mark ?? "");
  return found === null ? undefined : { pid: Number(found[1]), startTime: found[2] ?? "" };
}

async function endOrphan(engine: ProcessId): Promise<void> {
  for (const deadline = Date.now() + ORPHAN_MS; isAlive(engine) && Date.now() < deadline;) await pause(100);
  await endProcesses([engine], 5000);
}

/** Plugins that have lost both `ed8kctl` and the engine. An engine of another stack may still end in good order. */
function orphanedPlugins(): readonly ProcessId[] {
  const orphans = processesMarked(DRIVER).filter(({ mark }) => {
    const driver = driverOf(mark);
    return driver !== undefined && !isAlive(driver);
  });
  const ending = new Set(orphans.filter(({ id }) => isEngine(id)).map(({ mark }) => mark));
  return orphans.filter(({ mark }) => !ending.has(mark)).map(({ id }) => id);
}
