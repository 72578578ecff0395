import { requireIdentity, readUid, readVersion } from "../../cluster/identity.js";
import type { ClusterFacts } from "../../cluster/outputs.js";
import { KubeClient } from "../../kube/client.js";
import { asList, at, type LiveObject } from "../../kube/object.js";
import { listEnvironments } from "../live/list.js";
import { clusterAccess } from "./access.js";

/** What a cluster says of itself. */
export interface ClusterLook {
  /** Of the API server, such as `1.36.3`. */
  readonly version: string;
  readonly nodes: { readonly ready: number; readonly total: number };
  /** By name. */
  readonly environments: readonly string[];
}

/** @throws UserError when it does not answer, or another cluster does */
export async function lookAt(facts: ClusterFacts, signal: AbortSignal): Promise<ClusterLook> {
  const client = new KubeClient(clusterAccess(facts));
  try {
    requireIdentity(facts, await readUid(client));
    const [version, nodes, { environments }] = await Promise.all([
      readVersion(client),
      client.list({ apiVersion: "v1", kind: "Node" }, { signal }),
      listEnvironments({ client, facts }, { signal }),
    ]);
    return {
      version,
      nodes: { ready: nodes.items.filter(isReady).length, total: nodes.items.length },
      environments: environments.map(({ name }) => name),
    };
  } finally {
    client.close();
  }
}

/** https://kubernetes.io/docs/reference/node/node-status/#condition */
export function isReady({ status }: LiveObject): boolean {
  return asList(at(status, "conditions")).some((one) => at(one, "type") === "Ready" && at(one, "status") === "True");
}
