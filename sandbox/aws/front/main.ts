import { join } from "node:path";
import { credentialFiles } from "../../control-plane/credentials.js";
import { sandboxPaths } from "../../paths.js";
import { sandboxPorts } from "../../ports.js";
import { readSettings } from "../../records/settings.js";
import { awsFiles, readRootKey } from "../root-key.js";
import { startFront } from "./server.js";

/** The front of a sandbox's emulator, in a process of its own. Its only argument is the sandbox's folder. */
async function main(): Promise<void> {
  const paths = sandboxPaths(process.argv[2] ?? "");
  const settings = readSettings(paths);
  if (settings?.aws === undefined) throw new Error(`there is no sandbox with AWS in ${paths.folder}`);
  const ports = sandboxPorts(settings.basePort);
  const front = await startFront({
    port: ports.aws,
    emulator: ports.emulator,
    folder: join(paths.aws, "front"),
    apiServer: { endpoint: `https://127.0.0.1:${ports.apiServer}`, certificate: credentialFiles(paths).certificate },
    rootKey: readRootKey(awsFiles(paths).credentials),
    log: (line) => console.error(`${new Date().toISOString()} ${line}`),
  });
  const end = (): void => void front.stop().then(() => process.exit(0));
  process.once("SIGTERM", end);
  process.once("SIGINT", end);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
