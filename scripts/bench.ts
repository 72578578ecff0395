import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import { SIMULATED_ONLY } from "../sandbox/nodes/choice/spec.js";
import { checkoutRoot } from "../sandbox/paths.js";
import { sandboxEnvironment } from "../sandbox/shell.js";
import { startSandbox } from "../sandbox/start.js";
import { stopSandbox } from "../sandbox/stop.js";
import { adoptSandboxCluster } from "../ed8kctl/adopt-cluster.js";
import { clusterText, measureCluster } from "./bench/cluster/measure.js";
import { writeCharts, type BenchCharts } from "./bench/charts.js";
import { measureList } from "./bench/environments.js";
import { measureNodes, nodeText } from "./bench/nodes.js";
import { median, peakMemory, ratio, round2, run, timed } from "./bench/run.js";

const ROUNDS = 3;
const NODE = process.execPath;
const ED8KCTL = join(checkoutRoot(), "bin", "ed8kctl.js");

/**
 * Ratios against helm and kubectl on the same API server, and against AWS' SDK on the same emulator, in one run:
 * `npm run bench`, with `-- --json` for machines, with `-- --only cluster` for the cluster stack alone.
 */
async function main(): Promise<void> {
  const { values: options } = parseArgs({ options: { json: { type: "boolean" }, only: { type: "string" } } });
  if (![undefined, "cluster"].includes(options.only)) throw new Error(`--only is ${options.only}; it can be cluster`);
  const folder = mkdtempSync(join(tmpdir(), "ed8k-bench-"));
  Object.assign(process.env, { ED8K_SANDBOX: join(folder, "sandbox"), ED8K_SANDBOX_PORT: "15440" });
  const report = (line: string): void => void process.stderr.write(`${line}\n`);
  try {
    const environments = options.only === "cluster" ? undefined : await measureEnvironments(folder, report);
    const cluster = await measureCluster(folder, report);
    const all = { ...environments?.figures, ...cluster, nodes: environments?.nodes };
    const lines = [...(environments === undefined ? [] : environmentsText(environments)), ...clusterText(cluster)];
    process.stdout.write(`${options.json === true ? JSON.stringify(all) : lines.join("\n")}\n`);
  } finally {
    await stopSandbox();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureEnvironments(folder: string, report: (line: string) => void) {
  const nodes = await measureNodes(report);
  await startSandbox({ report, nodes: SIMULATED_ONLY, afterwards: () => adoptSandboxCluster({ report }) });
  Object.assign(process.env, sandboxEnvironment());
  const figures = await measure(folder, report);
  await stopSandbox();
  return { figures, nodes };
}

type Environments = Awaited<ReturnType<typeof measureEnvironments>>;

async function measure(folder: string, report: (line: string) => void) {
  const charts = writeCharts(join(folder, "charts"), 30);
  const ten = Object.keys(charts.charts).slice(0, 10);
  report("creating ten services: ed8kctl and helm in turn");
  const created = await ratio(
    ROUNDS,
    (round) => timed(() => create(`made${round}`, charts, "ten")),
    (round) => timed(() => helmInstall(`helm${round}`, ten, charts)),
  );
  report("the same again, with nothing to change");
  const unchanged = await ratio(
    ROUNDS,
    (round) => timed(() => create(`made${round}`, charts, "ten")),
    (round) => timed(() => helmInstall(`helm${round}`, ten, charts)),
  );
  report("planning thirty services");
  const all = Object.entries(charts.charts);
  const planned = await ratio(
    ROUNDS,
    () => timed(() => ed8kctl("plan", "thirty", "--offline", ...specOptions(charts, "all"))),
    () => timed(() => Promise.all(all.map(([name, chart]) => run("helm", ["template", name, chart])))),
  );
  report("peak memory of creating thirty services");
  const memory = await peakMemory(NODE, [ED8KCTL, "create", "thirty", ...specOptions(charts, "all")]);
  report("listing 500 environments");
  const list = await measureList([NODE, ED8KCTL], folder);
  const help: number[] = [];
  for (let round = 0; round < 7; round += 1) help.push((await ed8kctl("--help")).seconds);
  return {
    create_vs_helm: round2(created.ratio),
    noop_vs_helm: round2(unchanged.ratio),
    plan_vs_template: round2(planned.ratio),
    list_500_seconds: round2(list.seconds),
    list_500_requests: list.requests,
    help_ms: Math.round(median(help) * 1000),
    peak_rss_mb: Math.round(memory),
    seconds: {
      create: round2(created.one),
      helm_create: round2(created.other),
      noop: round2(unchanged.one),
      helm_noop: round2(unchanged.other),
      plan: round2(planned.one),
      template: round2(planned.other),
    },
  };
}

function create(name: string, charts: BenchCharts, profile: string) {
  return ed8kctl("create", name, ...specOptions(charts, profile));
}

function ed8kctl(...words: readonly string[]) {
  return run(NODE, [ED8KCTL, ...words]);
}

function specOptions({ catalogue }: BenchCharts, profile: string): readonly string[] {
  return ["--catalogue", relative(checkoutRoot(), catalogue), "--profile", profile, "--size", "l"];
}

/** All charts at once, then one wait for all: as fast as helm can be used. */
async function helmInstall(namespace: string, names: readonly string[], { charts }: BenchCharts): Promise<void> {
  await run("kubectl", ["create", "namespace", namespace]).catch(() => undefined);
  await Promise.all(
    names.map((name) => run("helm", ["upgrade", "--install", name, charts[name] ?? "", "--namespace", namespace])),
  );
  await run("kubectl", [
    "wait",
    ...["--for=condition=Available", "deployment", "--all"],
    ...["--namespace", namespace, "--timeout=120s"],
  ]);
}

function environmentsText({ figures, nodes }: Environments): readonly string[] {
  const { seconds, ...ratios } = figures;
  const goals: Readonly<Record<keyof typeof ratios, string>> = {
    create_vs_helm: `≤ 1.0 (${seconds.create} s against ${seconds.helm_create} s)`,
    noop_vs_helm: `≤ 0.8 (${seconds.noop} s against ${seconds.helm_noop} s)`,
    plan_vs_template: `≤ 1.3 (${seconds.plan} s against ${seconds.template} s)`,
    list_500_seconds: "< 1",
    list_500_requests: "1",
    help_ms: "< 150",
    peak_rss_mb: "told: ed8kctl, engine and plugins together",
  };
  const lines = Object.entries(ratios).map(
    ([name, value]) => `${name.padEnd(18)} ${String(value).padStart(7)}   goal ${goals[name as keyof typeof ratios]}`,
  );
  return nodes === undefined ? lines : [...lines, ...nodeText(nodes)];
}

await main();
