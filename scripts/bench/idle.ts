import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { partsOf } from "../../sandbox/machine/processes.js";

/** What a sandbox takes while nobody works in it. */
export interface Idle {
  /** MiB, shared pages counted once (PSS), pods included. */
  readonly memory: number;
  /** Per cent of one core. */
  readonly cpu: number;
}

const SETTLE_MS = 10_000;
const WATCH_MS = 10_000;
/** The kernel counts in hundredths of a second. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
const TICKS = 100;

/** Watches a sandbox for ten seconds, ten seconds from now; Linux only. */
export async function measureIdle(folder: string): Promise<Idle> {
  await pause(SETTLE_MS);
  const before = ticksOf(folder);
  await pause(WATCH_MS);
  const after = ticksOf(folder);
  const used = [...after].reduce((sum, [pid, ticks]) => sum + ticks - (before.get(pid) ?? ticks), 0);
  const kilobytes = [...after.keys()].reduce((sum, pid) => sum + proportionalKilobytes(pid), 0);
  return { memory: kilobytes / 1024, cpu: (used / TICKS / (WATCH_MS / 1000)) * 100 };
}

/** Time on a core of each of the sandbox's processes and of all that these have started. */
function ticksOf(folder: string): ReadonlyMap<number, number> {
  const stats = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readStat(name) ?? [])
    .toSorted((a, b) => a.pid - b.pid);
  const tree = new Set(partsOf(folder).map(({ pid }) => pid));
  for (let grown = true; grown;) {
    grown = false;
    for (const { pid, parent } of stats) {
      if (tree.has(pid) || !tree.has(parent)) continue;
      tree.add(pid);
      grown = true;
    }
  }
  return new Map(stats.filter(({ pid }) => tree.has(pid)).map(({ pid, ticks }) => [pid, ticks]));
}

function readStat(pid: string): { readonly pid: number; readonly parent: number; readonly ticks: number } | undefined {
  const text = readText(`/proc/${pid}/stat`);
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const field = (number: number): number => Number(fields[number] ?? 0);
  return text === "" ? undefined : { pid: Number(pid), parent: field(1), ticks: field(11) + field(12) };
}

function proportionalKilobytes(pid: number): number {
  return Number(/^Pss:\s+(\d+) kB$/m.exec(readText(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0);
}

/** Files of a process go with it. */
function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
