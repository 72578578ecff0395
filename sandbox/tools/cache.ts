import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { diskError } from "../machine/disk.js";
import { withLock } from "../machine/lock.js";

/** Where slow work tells what it does, and how it is stopped. */
export interface Work {
  /** Called with lines of progress. */
  readonly report: (line: string) => void;
  readonly signal?: AbortSignal | undefined;
}

export interface CachedFiles {
  /** A folder of the cache whose name changes with what its files are made from. */
  readonly folder: string;
  readonly files: readonly string[];
  /** For messages, as in "building pulumi". */
  readonly doing: string;
  /** Makes the files in the folder that it is given. */
  readonly make: (parts: string) => Promise<void>;
}

const PARTS = ".parts-";

/**
 * Makes files of the cache unless they are there. One process at a time does so; a file appears finished or not at
 * all, and what a killed process left is removed by the next.
 * @throws UserError when the disk becomes full
 */
export async function makeOnce({ folder, files, doing, make }: CachedFiles, { report, signal }: Work): Promise<void> {
  const isThere = (): boolean => files.every((file) => existsSync(join(folder, file)));
  if (isThere()) return;
  const onWait = (pid: number): void => report(`waiting for process ${pid}, which is ${doing}`);
  try {
    await withLock(`${folder}.lock`, { onWait, signal }, async () => {
      if (isThere()) return;
      mkdirSync(folder, { recursive: true });
      removeParts(folder);
      const parts = mkdtempSync(join(folder, PARTS));
      try {
        await make(parts);
        for (const file of files) renameSync(join(parts, file), join(folder, file));
      } finally {
        removeParts(folder);
      }
    });
  } catch (error) {
    throw diskError(error, folder, doing);
  }
}

function removeParts(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (name.startsWith(PARTS)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}
