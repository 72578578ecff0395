import { existsSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";

const MINUTE_MS = 60_000;
/** As long as another checkout of the same cache may rest, with its images still there. */
const UNUSED_MS = 14 * 24 * 60 * MINUTE_MS;
/** From the moment on that something is asked for, until it surely has been read. */
const READING_MS = 60 * MINUTE_MS;
/** Of one name, beside the last: whoever edits a sample service makes an image with each change. */
const KEPT = 3;
const KEYED = /(^|-)[0-9a-f]{12}$/;
const REMOVED = ".removed-";

/** Writes down that folders of the cache are used now, in their own time of change. Those that are not there are none yet. */
export function markUsed(folders: readonly string[]): void {
  for (const folder of folders) {
    try {
      utimesSync(folder, new Date(), new Date());
    } catch {
      // Not there, or another user's: then its owner's use counts.
    }
  }
}

/**
 * Removes those of a folder's subfolders named `<name>-<key>`, or just `<key>`, that nobody has used for 14 days, or
 * for an hour when four of the same name were used since. What was made for other checkouts stays that long.
 */
export function removeUnused(folder: string): void {
  const entries = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [];
  const found = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  // What a process left that was killed while it removed.
  for (const name of found.filter((one) => one.includes(REMOVED))) remove(join(folder, name));
  const ages = found
    .filter((name) => KEYED.test(name))
    .map((name) => ({ name, path: join(folder, name), ageMs: ageMs(join(folder, name)) }))
    .toSorted((a, b) => a.ageMs - b.ageMs);
  const seen = new Map<string, number>();
  for (const one of ages) {
    const name = one.name.replace(KEYED, "");
    const newer = seen.get(name) ?? 0;
    seen.set(name, newer + 1);
    const isUnused = one.ageMs > (newer > KEPT ? READING_MS : UNUSED_MS);
    // Nor is what is being made.
    if (isUnused && !existsSync(`${one.path}.lock`)) removeWhole(one.path);
  }
}

/** It goes under its name at once, so that no other process finds half of it. */
export function removeWhole(path: string): void {
  const going = `${path}${REMOVED}${process.pid}`;
  try {
    renameSync(path, going);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  remove(going);
}

function remove(path: string): void {
  rmSync(path, { recursive: true, force: true });
}

function ageMs(path: string): number {
  try {
    return Date.now() - statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}
