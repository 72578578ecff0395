import { setTimeout as pause } from "node:timers/promises";

/** Resolves when it holds; fails after a second. */
export async function waitFor(holds: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 1000; !holds(); await pause(5)) {
    if (Date.now() > deadline) throw new Error("waited in vain");
  }
}
