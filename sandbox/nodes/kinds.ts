import type { KubeClient } from "../../kube/client.js";
import type { Json } from "../../kube/manifest.js";
import { asList, asText, at } from "../../kube/object.js";

/** On every node of a sandbox: its kind. */
export const NODE_LABEL = "ed8k.dev/nodes";
export type NodeKind = "real" | "simulated";

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
