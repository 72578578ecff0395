import type { NodesState } from "../records/state.js";

/** The sandbox's nodes, behind which their kind is hidden. */
export interface Nodes {
  /** What `status` says about them. */
  describe(): Omit<NodesState, "ready">;
  /** Resolves when every node is ready for pods. The API server runs already. */
  start(): Promise<void>;
  /** How many nodes are ready now. */
  health(): Promise<number>;
  /** Ends what `start` began. */
  stop(): Promise<void>;
}
