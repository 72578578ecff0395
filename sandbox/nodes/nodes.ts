import type { NodesState } from "../records/state.js";
import type { Component } from "../supervision/component.js";

/** The sandbox's nodes, behind which their kind is hidden. */
export interface Nodes {
  /** What `status` says about them. */
  describe(): Pick<NodesState, "counts" | "limits" | "gateway">;
  /** Begins what needs no API server, while that is started. */
  prepare(): Promise<void>;
  /** Resolves when every node is ready for pods. The API server runs already. */
  start(): Promise<void>;
  /** How many nodes are ready now. */
  health(): Promise<number>;
  /** Ends what runs beside the programs that are kept. */
  stop(): Promise<void>;
  /** Removes what is left outside of the sandbox's folder, once no program runs any more. */
  cleanUp(): Promise<void>;
}

/** Keeps a program running for as long as the sandbox does; resolves when it is well for the first time. */
export type Keep = (component: Component) => Promise<Kept>;

export interface Kept {
  /** The program's number; `undefined` while it is not well. */
  pid(): number | undefined;
}

/** For `limits`, the same words for every kind. */
export const NOT_ENFORCED = "Network policies are not enforced.";
