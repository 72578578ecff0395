import { existsSync, statfsSync } from "node:fs";
import { dirname } from "node:path";
import { UserError } from "../../errors.js";

export interface SpaceNeeded {
  readonly folder: string;
  readonly bytes: number;
  /** What for, as in "to build pulumi". */
  readonly purpose: string;
}

/**
 * Does nothing when there is room on the folder's file system; the folder need not exist yet.
 * @throws UserError with what is free, what is needed and what for
 */
export function checkSpace({ folder, bytes, purpose }: SpaceNeeded, free = freeBytes(folder)): void {
  if (free >= bytes) return;
  throw new UserError(
    `the disk of ${folder} has ${mebibytes(free)} free, but ${mebibytes(bytes)} are needed ${purpose}`,
    {
      hint: "free some space, or set ED8K_CACHE and ED8K_SANDBOX to folders on another disk",
    },
  );
}

/** What an ordinary user may still write on the folder's file system, in bytes. */
export function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(nearestFolder(folder));
  return bavail * bsize;
}

/** With less than that, what cannot go on most likely could not write. */
const FULL_BYTES = 4 * 1024 ** 2;

/** True when next to nothing can be written on the folder's file system. */
export function hasNoRoom(folder: string, free = freeBytes(folder)): boolean {
  return free < FULL_BYTES;
}

/** True for what Node and Go say when a file system is full. */
export function isDiskFull(failure: unknown): boolean {
  if (typeof failure === "string") return /no space left on device|disk quota exceeded/i.test(failure);
  const { code } = (failure ?? {}) as { code?: unknown };
  return code === "ENOSPC" || code === "EDQUOT";
}

/** The sentence for a disk that became full while `doing`. */
export function diskFullError(folder: string, doing: string): UserError {
  return new UserError(`the disk of ${folder} is full: stopped ${doing}`, {
    hint: "free some space and run the command again, or set ED8K_CACHE and ED8K_SANDBOX to folders on another disk",
  });
}

const UNWRITABLE: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "its file system is read-only",
};

/** What went wrong while `doing`, in one sentence where the disk is the cause; any other error stays as it is. */
export function diskError(error: unknown, folder: string, doing: string): unknown {
  if (isDiskFull(error)) return diskFullError(folder, doing);
  const { code = "", path, syscall } = (error ?? {}) as NodeJS.ErrnoException;
  const why = UNWRITABLE[code];
  if (why === undefined || path === undefined || syscall === "spawn") return error;
  return new UserError(`${path} cannot be written: ${why}: stopped ${doing}`, {
    hint: "set ED8K_CACHE and ED8K_SANDBOX to folders that are yours",
    cause: error,
  });
}

function nearestFolder(folder: string): string {
  return existsSync(folder) || folder === dirname(folder) ? folder : nearestFolder(dirname(folder));
}

function mebibytes(bytes: number): string {
  return `${Math.floor(bytes / 1024 ** 2)} MiB`;
}
