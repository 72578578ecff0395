import type { KubeClient } from "../../kube/client.js";
import type { Json } from "../../kube/manifest.js";
import { asList, asText, at } from "../../kube/object.js";

/** On every node of a sandbox: its kind. */
export const NODE_LABEL = "ed8k.dev/nodes";
export type NodeKind = "real" | "simulated";

const REGION = "eu-west-1";
export const ZONES = [`${REGION}a`, `${REGION}b`, `${REGION}c`] as const;

/** What tells of a node on EKS where it is and what it is: an m7i.2xlarge. None but those that a kubelet may give itself. */
export function nodeLabels(kind: NodeKind, zone: string): Readonly<Record<string, string>> {
  return {
    [NODE_LABEL]: kind,
    "topology.kubernetes.io/region": REGION,
    "topology.kubernetes.io/zone": zone,
    "node.kubernetes.io/instance-type": "m7i.2xlarge",
    "eks.amazonaws.com/nodegroup": kind,
    "eks.amazonaws.com/capacityType": "ON_DEMAND",
  };
}

/** How many nodes of all kinds. */
export function countOf(counts: Readonly<Partial<Record<NodeKind, number | undefined>>>): number {
  return (counts.real ?? 0) + (counts.simulated ?? 0);
}

/**
 * How many nodes of a kind are ready now.
 * @param since milliseconds since 1970: what was said before does not count, as the word of a kubelet that was killed
 */
export async function readyNodes(client: KubeClient, kind: NodeKind, since = 0): Promise<number> {
  const { items } = await client.list({ apiVersion: "v1", kind: "Node" }, { labelSelector: `${NODE_LABEL}=${kind}` });
  return items.filter((item) =>
    asList(at(item, "status", "conditions")).some(
      (condition) =>
        at(condition, "type") === "Ready" && at(condition, "status") === "True" && saidAt(condition) >= since,
    ),
  ).length;
}

/** To the second, as the API server keeps it: the last moment at which it may have been said. */
function saidAt(condition: Json): number {
  return Date.parse(asText(at(condition, "lastHeartbeatTime"))) + 999;
}
