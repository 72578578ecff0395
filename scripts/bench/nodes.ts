import { join } from "node:path";
import { adoptSandboxCluster } from "../../ed8kctl/adopt-cluster.js";
import { obstacleTo } from "../../sandbox/nodes/choice/checks.js";
import { readHostFacts } from "../../sandbox/nodes/choice/host-facts.js";
import { type NodesSpec, REAL_ONLY, SIMULATED_ONLY } from "../../sandbox/nodes/choice/spec.js";
import { checkoutRoot, sandboxFolder } from "../../sandbox/paths.js";
import { startSandbox } from "../../sandbox/start.js";
import { stopSandbox } from "../../sandbox/stop.js";
import { measureIdle } from "./idle.js";
import { round2, run, timed } from "./run.js";

const FIGURES = ["up_seconds", "create_seconds", "down_seconds", "idle_mib", "idle_cpu_percent"] as const;

/** One figure of both kinds of nodes, and how many times as much it is on a real one. */
export interface Compared {
  readonly simulated: number;
  readonly real: number;
  readonly factor: number;
}

export interface NodeFigures {
  readonly compared: Readonly<Record<(typeof FIGURES)[number], Compared>>;
  /** When each step of the start with a real node was done: seconds since the supervisor began. */
  readonly steps: Readonly<Record<string, number>>;
}

/**
 * Measures a sandbox with simulated nodes and one with a real node, from nothing but tools and images and back;
 * `undefined`, with the reason reported, where this machine cannot have a real node.
 */
export async function measureNodes(report: (line: string) => void): Promise<NodeFigures | undefined> {
  const obstacle = obstacleTo(await readHostFacts({ folder: sandboxFolder() }));
  if (obstacle !== undefined) {
    report(`a real node is not measured: ${obstacle}`);
    return undefined;
  }
  // Tools and images are made first, and not measured.
  await startSandbox({ report, nodes: REAL_ONLY });
  await stopSandbox();
  report("a sandbox with simulated nodes, from nothing to an environment and back");
  const simulated = await measureSandbox(SIMULATED_ONLY);
  report("the same with a real node");
  const real = await measureSandbox(REAL_ONLY);
  const compared = FIGURES.map((name) => [name, compare(simulated.figures[name], real.figures[name])]);
  return { compared: Object.fromEntries(compared) as NodeFigures["compared"], steps: real.steps };
}

/** The figures as lines for people. */
export function nodeText({ compared, steps }: NodeFigures): readonly string[] {
  const rows = FIGURES.map((name) => {
    const { simulated, real, factor } = compared[name];
    return `${name.padEnd(18)} ${String(real).padStart(7)}   real node; simulated ${simulated}, factor ${factor}`;
  });
  const times = Object.entries(steps).map(([step, seconds]) => `${step} ${seconds} s`);
  return [...rows, `steps of the start: ${times.join(", ")}`];
}

async function measureSandbox(nodes: NodesSpec) {
  const steps: Record<string, number> = {};
  const report = (line: string): void => {
    const [, step, seconds] = /^(.+) \((\d+\.\d) s\)$/.exec(line) ?? [];
    if (step !== undefined) steps[step] = Number(seconds);
  };
  const up_seconds = await timed(() =>
    startSandbox({ report, nodes, afterwards: () => adoptSandboxCluster({ report }) }),
  );
  const idle = await measureIdle(sandboxFolder());
  const ed8kctl = join(checkoutRoot(), "bin", "ed8kctl.js");
  const create_seconds = await timed(() => run(process.execPath, [ed8kctl, "create", "bench", "--start", "bos"]));
  const down_seconds = await timed(() => stopSandbox());
  return {
    steps,
    figures: { up_seconds, create_seconds, down_seconds, idle_mib: idle.memory, idle_cpu_percent: idle.cpu },
  };
}

function compare(simulated: number, real: number): Compared {
  return { simulated: round2(simulated), real: round2(real), factor: round2(real / simulated) };
}
