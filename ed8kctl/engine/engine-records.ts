import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { hash } from "../../naming.js";
import { writeAtomically } from "../../sandbox/machine/files.js";
import { identifyProcess, type ProcessId, processSpace } from "../../sandbox/machine/processes.js";
import { cacheFolder } from "../../sandbox/paths.js";

/** An engine that `ed8kctl` has started here, as it is written down while it runs. */
interface EngineRecord extends ProcessId {
  readonly stack: string;
  /** In milliseconds since 1970. */
  readonly began: number;
}

/** An engine locks its stack soon after it has begun, but a busy machine or a slow backend may keep it waiting. */
const LOCKED_WITHIN_MS = 300_000;
/** Locks tell their time in whole seconds. */
const SECOND_MS = 1000;

/**
 * Writes down that an engine runs here, so that a later run can prove its death: machines of equal names that share a
 * backend would else take each other's locks away.
 * @returns forgets it, for when it has ended by itself and taken its lock with it
 */
export function recordEngine(stack: string, pid: number): () => void {
  const file = fileOf(pid);
  const engine = identifyProcess(pid);
  if (file === undefined || engine === undefined) return () => undefined;
  const record: EngineRecord = { ...engine, stack, began: Date.now() };
  try {
    mkdirSync(join(cacheFolder(), FOLDER), { recursive: true });
    writeAtomically(file, JSON.stringify(record));
  } catch {
    // A full disk: then a lock that it leaves counts as held.
  }
  return () => rmSync(file, { force: true });
}

/**
 * The engine that `ed8kctl` started here and that has made a lock; it may be dead. `undefined` when there is no proof.
 * @param lock with the number of the process that made it, and when, in milliseconds since 1970
 */
export function recordedEngine(
  stack: string,
  lock: { readonly pid: number; readonly created: number },
): ProcessId | undefined {
  const record = readRecord(fileOf(lock.pid));
  if (record === undefined || record.stack !== stack || record.pid !== lock.pid) return undefined;
  const waited = lock.created - record.began;
  if (!(waited > -SECOND_MS && waited < LOCKED_WITHIN_MS)) return undefined;
  return { pid: record.pid, startTime: record.startTime };
}

const FOLDER = "engines";

function fileOf(pid: number): string | undefined {
  const space = processSpace();
  return space === undefined ? undefined : join(cacheFolder(), FOLDER, `${pid}-${hash(space)}.json`);
}

function readRecord(file: string | undefined): EngineRecord | undefined {
  try {
    return file === undefined ? undefined : (JSON.parse(readFileSync(file, "utf8")) as EngineRecord);
  } catch {
    return undefined;
  }
}
