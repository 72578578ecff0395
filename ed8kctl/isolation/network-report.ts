import type { LiveObject } from "../../kube/object.js";
import { NODE_LABEL, type NodeKind } from "../../sandbox/nodes/kinds.js";
import type { ReadClient } from "../live/client.js";
import type { Finding } from "./prove.js";

/** Of the network it can only be told what is recorded: whether packets are stopped is up to the nodes. */
export interface NetworkReport {
  /** Environments that anybody's packets reach, because they have no policy. */
  readonly findings: readonly Finding[];
  readonly remarks: readonly string[];
}

/** Looks at the network policies of environments, and at what their nodes make of them. */
export async function networkReport(
  client: Pick<ReadClient, "list">,
  environments: readonly string[],
  signal: AbortSignal,
): Promise<NetworkReport> {
  const [nodes, ...policies] = await Promise.all([
    client.list({ apiVersion: "v1", kind: "Node" }, { signal }),
    ...environments.map((namespace) =>
      client.list({ apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", namespace }, { signal }),
    ),
  ]);
  const counts = environments.map((name, index) => ({ name, count: policies[index]?.items.length ?? 0 }));
  return {
    findings: counts.filter(({ count }) => count === 0).map(({ name }) => unguarded(name)),
    remarks: [
      `network policies: ${counts.map(({ name, count }) => `${count} in ${name}`).join(", ")}`,
      ...nodeRemarks(nodes.items),
    ],
  };
}

/** What becomes of a policy on each kind of node that a sandbox has. */
const KINDS: Readonly<Record<NodeKind, string>> = {
  simulated: "The nodes are simulated: network policies are recorded, but no packet is sent and none is stopped.",
  real: "The sandbox's real node does not enforce network policies: pods of other environments are reached.",
};

function nodeRemarks(nodes: readonly LiveObject[]): readonly string[] {
  const kinds = new Set(nodes.map(({ metadata }) => metadata.labels?.[NODE_LABEL]));
  const known = Object.entries(KINDS).flatMap(([kind, remark]) => (kinds.has(kind) ? [remark] : []));
  return known.length > 0
    ? known
    : ["Whether packets are stopped depends on the network plugin of the nodes; this was not tried."];
}

function unguarded(name: string): Finding {
  const about = { boundary: "network", text: `send packets to ${name}`, actor: "pod" } as const;
  return { ...about, outcome: "let through", said: `${name} has no NetworkPolicy` };
}
