import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseFacts, type ClusterFacts } from "../cluster/outputs.js";
import { hash } from "../naming.js";
import { writeAtomically } from "../sandbox/machine/files.js";
import { cacheFolder } from "../sandbox/paths.js";

/**
 * What cluster stacks have said of their clusters, remembered on this machine: asking the engine takes half a second.
 * None of it is a secret, and all of it is checked against the cluster when it is used.
 */
export function recallFacts(backend: string, cluster: string): ClusterFacts | undefined {
  try {
    return parseFacts(cluster, JSON.parse(readFileSync(fileOf(backend, cluster), "utf8")));
  } catch {
    return undefined;
  }
}

/** Remembers what a cluster stack has said. */
export function recordFacts(backend: string, facts: ClusterFacts): void {
  const file = fileOf(backend, facts.name);
  mkdirSync(dirname(file), { recursive: true });
  writeAtomically(file, JSON.stringify(facts, undefined, 2));
}

/** Forgets what turned out to be out of date. */
export function forgetFacts(backend: string, cluster: string): void {
  rmSync(fileOf(backend, cluster), { force: true });
}

function fileOf(backend: string, cluster: string): string {
  return join(cacheFolder(), "clusters", `${cluster}-${hash(backend)}.json`);
}
