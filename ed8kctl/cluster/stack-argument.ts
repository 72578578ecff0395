import { clusterOf } from "../cli/common-options.js";
import type { ArgumentSpec, Invocation } from "../command.js";

/** The word by which a verb of `cluster` is told which one. */
export const STACK: ArgumentSpec = {
  spec: "[stack]",
  summary: "The cluster stack (the one that --cluster names)",
  names: "cluster",
};

/** The cluster stack that a verb of `cluster` is about. */
export function stackOf([stack]: Invocation["args"], options: Invocation["options"]): string {
  return stack ?? clusterOf(options).cluster;
}
