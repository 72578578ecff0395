import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** A finished process. */
export interface Finished {
  readonly seconds: number;
  readonly stdout: string;
}

/** Runs a program to its end. @throws Error with what it said when it fails */
export function run(file: string, args: readonly string[], onStart?: (pid: number) => void): Promise<Finished> {
  return new Promise((done, fail) => {
    const began = performance.now();
    const child = spawn(file, args, { stdio: ["ignore", "pipe", "pipe"] });
    if (child.pid !== undefined) onStart?.(child.pid);
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    child.once("error", fail);
    child.once("close", (code) => {
      if (code === 0) done({ seconds: (performance.now() - began) / 1000, stdout });
      else fail(new Error(`${file} ${args.join(" ")} ended with code ${code ?? -1}: ${stderr}${stdout}`));
    });
  });
}

/** Runs work and gives the seconds that it took. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

/** With two decimals. */
export function round2(number: number): number {
  return Math.round(number * 100) / 100;
}

/** The middle one. */
export function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

/** Two things are measured in turn, so that a machine that becomes slower does so for both. */
export async function ratio(
  rounds: number,
  one: (round: number) => Promise<number>,
  other: (round: number) => Promise<number>,
): Promise<{ readonly ratio: number; readonly one: number; readonly other: number }> {
  const ones: number[] = [];
  const others: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    ones.push(await one(round));
    others.push(await other(round));
  }
  const ratios = ones.map((seconds, round) => seconds / (others[round] ?? Number.NaN));
  return { ratio: median(ratios), one: median(ones), other: median(others) };
}

const SAMPLE_MS = 25;

/** The most memory that a process and all that it started held at one moment, in MiB; Linux only. */
export async function peakMemory(file: string, args: readonly string[]): Promise<number> {
  let peak = 0;
  let timer: NodeJS.Timeout | undefined;
  await run(file, args, (pid) => {
    timer = setInterval(() => (peak = Math.max(peak, treeMemory(pid))), SAMPLE_MS);
  }).finally(() => clearInterval(timer));
  return peak / 1024;
}

function treeMemory(root: number): number {
  const processes = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readStatus(name));
  const tree = new Set([root]);
  // A child has a greater number than its parent, unless numbers have begun anew; then it is missed for one sample.
  for (const { pid, parent } of processes.toSorted((a, b) => a.pid - b.pid)) if (tree.has(parent)) tree.add(pid);
  return processes.reduce((sum, { pid, kilobytes }) => sum + (tree.has(pid) ? kilobytes : 0), 0);
}

function readStatus(pid: string): { readonly pid: number; readonly parent: number; readonly kilobytes: number } {
  let text = "";
  try {
    text = readFileSync(`/proc/${pid}/status`, "utf8");
  } catch {
    // It has ended since the folder was listed.
  }
  const field = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(text)?.[1] ?? 0);
  return { pid: Number(pid), parent: field("PPid"), kilobytes: field("VmRSS") };
}
