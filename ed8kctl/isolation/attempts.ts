import { labels, secrets, writes } from "./attempts/across.js";
import type { Attempt, Neighbours } from "./attempts/attempt.js";
import { exposure, nodes } from "./attempts/own-namespace.js";
import { clusterScope, rights, walls } from "./attempts/rights.js";

/** All that is tried, boundary by boundary. */
export function isolationAttempts(neighbours: Neighbours): readonly Attempt[] {
  return [
    ...secrets(neighbours),
    ...writes(neighbours),
    ...labels(neighbours),
    ...exposure(neighbours),
    ...nodes(neighbours),
    ...walls(neighbours),
    ...rights(neighbours),
    ...clusterScope(neighbours),
  ];
}
