import { join } from "node:path";
import { SIMULATED_ONLY } from "../../../sandbox/nodes/choice/spec.js";
import { sandboxEnvironment, unsetBeside } from "../../../sandbox/shell.js";
import { startSandbox } from "../../../sandbox/start.js";
import { stopSandbox } from "../../../sandbox/stop.js";
import { median, round2 } from "../run.js";
import { measureRound, type Round } from "./round.js";
import { ClusterStack } from "./stack.js";

const ROUNDS = 3;

/** What the engine and the program add to what AWS takes. */
export type ClusterFigures = Awaited<ReturnType<typeof measureCluster>>;

/** `up` of the cluster stack's AWS parts on the sandbox's emulator, against the same calls without an engine. */
export async function measureCluster(folder: string, report: (line: string) => void) {
  report("a sandbox with AWS");
  await startSandbox({ report, nodes: SIMULATED_ONLY, aws: true });
  try {
    const environment = sandboxEnvironment();
    for (const name of unsetBeside(environment)) Reflect.deleteProperty(process.env, name);
    Object.assign(process.env, environment);
    return await compare(new ClusterStack(join(folder, "cluster")), report);
  } finally {
    await stopSandbox();
  }
}

/** The figures as lines for people. */
export function clusterText({ cluster, ...ratios }: ClusterFigures): readonly string[] {
  const { seconds, calls, resources } = cluster;
  const told = {
    cluster_up_vs_sdk: `${seconds.up} s against ${seconds.sdk_create} s`,
    cluster_noop_vs_sdk: `${seconds.noop} s against ${seconds.sdk_read} s for a look at each resource`,
    cluster_calls_per_resource: `${calls.up} calls for ${resources} resources, ${calls.sdk_create} by the SDK alone; ${calls.noop} when nothing changes`,
  };
  return Object.entries(ratios).map(
    ([name, value]) =>
      `${name.padEnd(26)} ${String(value).padStart(7)}   goal told: ${told[name as keyof typeof ratios]}`,
  );
}

async function compare(stack: ClusterStack, report: (line: string) => void) {
  await stack.init();
  const rounds: Round[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    report(`the cluster stack by the engine and by AWS' SDK alone: round ${round} of ${ROUNDS}`);
    rounds.push(await measureRound(stack));
  }
  const middle = (figure: (round: Round) => number): number => round2(median(rounds.map(figure)));
  return {
    cluster_up_vs_sdk: middle(({ seconds }) => seconds.up / seconds.sdk_create),
    cluster_noop_vs_sdk: middle(({ seconds }) => seconds.noop / seconds.sdk_read),
    cluster_calls_per_resource: middle(({ calls, resources }) => calls.up / resources),
    cluster: {
      resources: middle(({ resources }) => resources),
      seconds: {
        up: middle(({ seconds }) => seconds.up),
        noop: middle(({ seconds }) => seconds.noop),
        sdk_create: middle(({ seconds }) => seconds.sdk_create),
        sdk_read: middle(({ seconds }) => seconds.sdk_read),
      },
      calls: {
        up: middle(({ calls }) => calls.up),
        noop: middle(({ calls }) => calls.noop),
        sdk_create: middle(({ calls }) => calls.sdk_create),
        sdk_read: middle(({ calls }) => calls.sdk_read),
      },
    },
  };
}
