import type { KubeClient } from "../../kube/client.js";
import type { SandboxPaths } from "../paths.js";
import type { Settings } from "../records/settings.js";
import type { Log } from "../jobs/background.js";
import type { Keep, Nodes } from "./nodes.js";
import { realNode } from "./real/real.js";
import { simulatedNodes } from "./simulated.js";
import { together } from "./together.js";

export interface SandboxNodesOptions {
  readonly settings: Settings;
  readonly paths: SandboxPaths;
  readonly client: () => KubeClient;
  readonly keep: Keep;
  /** Told of each step that shows in no component. */
  readonly onStep: (step: string) => void;
  readonly log: Log;
}

/** The nodes that the settings ask for: real, simulated or both. */
export function sandboxNodes(options: SandboxNodesOptions): Nodes {
  const { settings } = options;
  const { basePort, realNode: node, nodes } = settings;
  return together([
    ...(node === undefined ? [] : [realNode({ ...options, basePort, node })]),
    ...(nodes.simulated === 0 ? [] : [simulatedNodes(options)]),
  ]);
}
