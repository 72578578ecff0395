import { existsSync, rmdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { closeCluster } from "./control-plane/client.js";
import { isDiskFull } from "./machine/disk.js";
import { clearLock, withLock } from "./machine/lock.js";
import { clientsOf, endProcesses, isAlive, killProcesses, partsOf, type ProcessId } from "./machine/processes.js";
import { hasTraces, removeTraces } from "./nodes/real/host/traces.js";
import { sandboxFolder, sandboxLocks, type SandboxPaths, sandboxPaths } from "./paths.js";
import { readState, type SandboxState } from "./records/state.js";
import type { Work } from "./tools/cache.js";

/** The supervisor ends its components in turn, each within 5 s. */
const GRACE_MS = 20_000;

/**
 * Ends every process of the sandbox and removes its folder; the cache stays. Works on whatever is left of one.
 * @returns false when there was nothing
 */
export async function stopSandbox({ report, signal }: Work = { report: () => undefined }): Promise<boolean> {
  const paths = sandboxPaths(sandboxFolder());
  const locks = sandboxLocks(paths);
  const isThere = existsSync(paths.folder) || partsOf(paths.folder).length > 0 || hasTraces(paths.folder);
  if (isThere) {
    const onWait = (pid: number): void => report(`waiting for process ${pid}, which changes the sandbox`);
    try {
      await withLock(locks.change, { onWait, signal }, () => removeAll(paths));
    } catch (error) {
      // On a full disk nobody can take the lock, and removing the sandbox is what makes room.
      if (!isDiskFull(error)) throw error;
      await removeAll(paths);
    }
  }
  clearLock(locks.up);
  clearLock(locks.change);
  const parent = dirname(paths.folder);
  if (basename(parent) === ".ed8k") removeIfEmpty(parent);
  return isThere;
}

async function removeAll(paths: SandboxPaths): Promise<void> {
  closeCluster(paths);
  await endAll(paths);
  await removeTraces(paths.folder);
  // Only what `up` has made; `up` refuses folders that hold anything else.
  if (existsSync(paths.marker)) await rm(paths.folder, { recursive: true, force: true, maxRetries: 3 });
}

/** The supervisor first, which ends its components in the right order; then whatever runs without one. */
async function endAll(paths: SandboxPaths): Promise<void> {
  const state = stateOrNothing(paths);
  if (state !== undefined && isAlive(state.supervisor)) await endProcesses([state.supervisor], GRACE_MS);
  const recorded: ProcessId[] = (state?.components ?? []).flatMap(({ process }) => process ?? []);
  await killProcesses([...recorded, ...partsOf(paths.folder), ...clientsOf(paths.folder)]);
}

/** A damaged record must not keep anybody from removing the sandbox. */
function stateOrNothing(paths: SandboxPaths): SandboxState | undefined {
  try {
    return readState(paths);
  } catch {
    return undefined;
  }
}

/** The `.ed8k` of the checkout, when the sandbox was all that was in it. */
function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Something else lives there.
  }
}
