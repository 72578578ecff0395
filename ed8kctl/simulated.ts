/** What kwok answers where a process of a pod is meant: its nodes run none. */
const NOT_REAL = /no (exec|logs|attaches|forward) found (for|in) /;

/** The hint for what a node has refused because it is simulated; nothing for every other fault. @param said what was answered */
export function simulatedHint(said: string): { readonly hint?: string } {
  return NOT_REAL.test(said)
    ? { hint: "no process runs on a simulated node; ed8kctl sandbox status tells which nodes it has" }
    : {};
}
