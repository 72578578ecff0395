import type { ClusterFacts } from "../../cluster/outputs.js";
import type { KubeClient } from "../../kube/client.js";

/** What reading from a cluster needs of a client; none of it changes anything. */
export type ReadClient = Pick<KubeClient, "request" | "list" | "find">;

/** A cluster that is only read. */
export interface ReadTarget {
  readonly facts: ClusterFacts;
  readonly client: ReadClient;
}
