import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";

/** Writes a file so that a reader sees the old content or the new, never a part. @param mode as in chmod */
export function writeAtomically(file: string, content: string, mode = 0o600): void {
  const part = `${file}.${process.pid}.part`;
  try {
    writeFileSync(part, content, { mode });
    renameSync(part, file);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
}

/** The content of a file; `undefined` when it is not there. */
export function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
