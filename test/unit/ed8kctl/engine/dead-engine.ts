import { spawn } from "node:child_process";
import { once } from "node:events";
import { recordEngine } from "../../../../ed8kctl/engine/engine-records.js";
import type { Lock } from "./words.js";

/** An engine of this machine that was killed: what is recorded of it stays, and so does its lock. */
export async function deadEngine(stack: string): Promise<Pick<Lock, "pid" | "at">> {
  const child = spawn("sleep", ["60"], { stdio: "ignore" });
  await once(child, "spawn");
  const { pid = 0 } = child;
  recordEngine(stack, pid);
  child.kill("SIGKILL");
  await once(child, "close");
  return { pid, at: rfc3339(Date.now()) };
}

/** As the engine writes times into locks; `time` in milliseconds since 1970. */
export function rfc3339(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}
