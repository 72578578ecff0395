import { setTimeout as pause } from "node:timers/promises";
import { sandboxPaths } from "./paths.js";
import { readSettings } from "./records/settings.js";
import { identifyProcess } from "./machine/processes.js";
import { outliveFaults } from "./supervision/faults.js";
import { Supervisor } from "./supervision/supervise.js";

/** Between looks at the nodes and at the folder. */
const LOOK_MS = 2000;

/** The process that `sandbox up` leaves behind: it lives as long as the sandbox. Its only argument is the folder. */
async function main(): Promise<void> {
  // On a full disk the log cannot be written; without a listener Node would end the process for that.
  process.stderr.on("error", () => undefined);
  outliveFaults(process, (line) => console.error(`${new Date().toISOString()} ${line}`));
  const paths = sandboxPaths(process.argv[2] ?? "");
  const settings = readSettings(paths);
  const identity = identifyProcess(process.pid);
  if (settings === undefined || identity === undefined) throw new Error(`there is no sandbox in ${paths.folder}`);
  const supervisor = new Supervisor({ settings, paths, identity });
  const end = async (): Promise<void> => {
    await supervisor.stop().catch((error: unknown) => console.error(error));
    process.exit(0);
  };
  process.once("SIGTERM", () => void end());
  process.once("SIGINT", () => void end());
  await supervisor.start();
  while (supervisor.hasFolder) {
    await pause(LOOK_MS);
    await supervisor.lookAtNodes();
  }
  await end();
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
