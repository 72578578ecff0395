import { closeSync, fstatSync, openSync, readSync, renameSync, statSync } from "node:fs";

/** A log that long is put aside when its component is started again. */
const ROTATE_BYTES = 20 * 1024 ** 2;
const TAIL_BYTES = 8192;

/** Opens a component's log for appending, and gives the file descriptor. */
export function openLog(file: string): number {
  if (sizeOf(file) > ROTATE_BYTES) renameSync(file, `${file}.1`);
  return openSync(file, "a", 0o600);
}

/** The last lines of a log, oldest first; empty when there is none. */
export function logTail(file: string, lines: number): readonly string[] {
  if (sizeOf(file) === 0) return [];
  const descriptor = openSync(file, "r");
  try {
    const { size } = fstatSync(descriptor);
    const buffer = Buffer.alloc(Math.min(size, TAIL_BYTES));
    readSync(descriptor, buffer, 0, buffer.length, size - buffer.length);
    return buffer.toString("utf8").trimEnd().split("\n").slice(-lines);
  } finally {
    closeSync(descriptor);
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
