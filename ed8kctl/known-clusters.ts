import { mkdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseFacts, type ClusterFacts } from "../cluster/outputs.js";
import { hash } from "../naming.js";
import { writeAtomically } from "../sandbox/machine/files.js";
import { cacheFolder } from "../sandbox/paths.js";

/** Somebody may apply the cluster stack anew, with another domain or other registries, on another machine. */
const KEPT_MS = 600_000;

/**
 * What cluster stacks have said of their clusters, remembered on this machine: asking the engine takes half a second.
 * None of it is a secret. The cluster's identity is checked whenever it is used; the rest is at most ten minutes old.
 */
export function recallFacts(backend: string, cluster: string): ClusterFacts | undefined {
  try {
    const file = fileOf(backend, cluster);
    if (Date.now() - statSync(file).mtimeMs > KEPT_MS) return undefined;
    return parseFacts(cluster, JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return undefined;
  }
}

/** Remembers what a cluster stack has said; where nothing can be written, the stack is asked each time. */
export function recordFacts(backend: string, facts: ClusterFacts): void {
  const file = fileOf(backend, facts.name);
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeAtomically(file, JSON.stringify(facts, undefined, 2));
  } catch {
    // It only saves time.
  }
}

/** Forgets what turned out to be out of date. */
export function forgetFacts(backend: string, cluster: string): void {
  rmSync(fileOf(backend, cluster), { force: true });
}

function fileOf(backend: string, cluster: string): string {
  return join(cacheFolder(), "clusters", `${encodeURIComponent(cluster)}-${hash(backend)}.json`);
}
