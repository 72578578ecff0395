import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";
import { checkoutRoot } from "../sandbox/paths.js";
import { type Addresses, showDeal } from "./demo/deal.js";

const ED8KCTL = join(checkoutRoot(), "bin", "ed8kctl.js");
const print = (line: string): void => void process.stdout.write(`${line}\n`);

/**
 * The main job, as a developer would type it: `npm run demo`, or `npm run demo -- --nodes simulated`; what stands behind
 * `--` goes to `ed8kctl sandbox up`. Run again it only checks that all is there.
 */
async function main(options: readonly string[]): Promise<void> {
  const began = Date.now();
  run("sandbox", "up", ...options);
  run("create", "alice", "--start", "bos");
  run("show", "alice");
  print("");
  if (hasRealNode()) {
    await showDeal({ fxsuite: address("fxsuite"), bos: address("bos") } satisfies Addresses, print);
    print("\nThe deal went from FXSuite's database over Kafka to BOS, where a Celery task settled it.");
  } else {
    print(
      "Not shown: on simulated nodes no pod runs a process, so nobody answers at these addresses and no deal can be",
    );
    print("booked. ed8kctl sandbox status tells why there is no real node.");
  }
  print(`
The demo took ${Math.round((Date.now() - began) / 1000)} s. Go on with:
  npx ed8kctl logs alice                what its services say
  npx ed8kctl shell alice               look around inside
  npx ed8kctl destroy alice             remove the environment
  npx ed8kctl sandbox down              remove the sandbox
  eval "$(npx ed8kctl sandbox env)"     work on it with pulumi, kubectl and helm`);
}

function run(...words: readonly string[]): void {
  print(`\n$ npx ed8kctl ${words.join(" ")}`);
  const { status } = spawnSync(process.execPath, [ED8KCTL, ...words], { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

/** What a read command tells machines. */
function told(...words: readonly string[]): unknown {
  const args = [ED8KCTL, ...words, "--json"];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] }));
}

function hasRealNode(): boolean {
  const { nodes } = told("sandbox", "status") as { nodes: { counts: { real?: number } } };
  return (nodes.counts.real ?? 0) > 0;
}

function address(service: string): string {
  const [url] = (told("open", "alice", service) as { urls: readonly string[] }).urls;
  if (url === undefined) throw new Error(`${service} has no address`);
  return url;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`error: ${(error as Error).message}\n`);
  process.exitCode = 1;
});
