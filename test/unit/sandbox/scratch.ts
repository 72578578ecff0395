import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const folders: string[] = [];
const changed = new Map<string, string | undefined>();

/** A folder for one test; `cleanUp` removes it. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "ed8k-test-"));
  folders.push(folder);
  return folder;
}

/** Sets environment variables for one test; `undefined` unsets. */
export function setEnv(variables: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(variables)) {
    if (!changed.has(name)) changed.set(name, process.env[name]);
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
}

/** For `afterEach`: removes folders and puts the environment back. */
export function cleanUp(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  setEnv(Object.fromEntries(changed));
  changed.clear();
}

/** Writes an executable shell script; `body` may use the tools of the system by their absolute path. */
export function program(file: string, body: string): string {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${body}\n`);
  chmodSync(file, 0o755);
  return file;
}

/** The error that `action` throws or rejects with. */
export async function errorOf(action: () => unknown): Promise<Error> {
  try {
    await action();
  } catch (error) {
    return error as Error;
  }
  throw new Error("nothing was thrown");
}
