import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { checkoutRoot } from "../sandbox/paths.js";

/** The main job, as a developer would type it: `npm run demo`. Run again it only checks that all is there. */
const VERBS = [
  ["sandbox", "up"],
  ["create", "alice", "--profile", "full"],
  ["show", "alice"],
] as const;

const began = Date.now();
for (const words of VERBS) {
  process.stdout.write(`\n$ npx ed8kctl ${words.join(" ")}\n`);
  const { status } = spawnSync(process.execPath, [join(checkoutRoot(), "bin", "ed8kctl.js"), ...words], {
    stdio: "inherit",
  });
  if (status !== 0) process.exit(status ?? 1);
}
process.stdout.write(`
The demo took ${Math.round((Date.now() - began) / 1000)} s. Go on with:
  npx ed8kctl start alice kafka-ui      one more service
  npx ed8kctl destroy alice             remove the environment
  npx ed8kctl sandbox down              remove the sandbox
  eval "$(npx ed8kctl sandbox env)"     work on it with pulumi, kubectl and helm
`);
