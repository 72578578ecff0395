import { readFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { checkoutRoot } from "../paths.js";
import { NODE_LABEL } from "./kinds.js";

export interface KwokOptions {
  /** Where it answers the API server, as a kubelet does. */
  readonly port: number;
  /** What `kubectl logs` shows, for every pod; in the format of container logs. */
  readonly podLog: string;
}

/** Marks the nodes that kwok plays, so that it leaves all others alone. */
export const SIMULATED = { label: NODE_LABEL, value: "simulated" } as const;

/** The content of kwok's configuration file: its settings, what pods log, and the stages. */
export function kwokConfiguration({ port, podLog }: KwokOptions): string {
  const parallel = 8;
  const configuration = {
    apiVersion: "config.kwok.x-k8s.io/v1alpha1",
    kind: "KwokConfiguration",
    options: {
      manageNodesWithLabelSelector: `${SIMULATED.label}=${SIMULATED.value}`,
      nodePort: port,
      // For `kubectl logs`; without a ClusterExec or PortForward it runs and forwards nothing.
      enableDebuggingHandlers: true,
      cidr: "10.244.0.0/16",
      // None has a default in a configuration file: with 0, kwok exits.
      podPlayStageParallelism: parallel,
      nodePlayStageParallelism: parallel,
      nodeLeaseParallelism: parallel,
      podsOnNodeSyncParallelism: parallel,
      nodeLeaseDurationSeconds: 40,
    },
  };
  const logs = {
    apiVersion: "kwok.x-k8s.io/v1alpha1",
    kind: "ClusterLogs",
    metadata: { name: "all-pods" },
    spec: { logs: [{ logsFile: podLog }] },
  };
  const stages = readFileSync(join(checkoutRoot(), "sandbox", "nodes", "stages.yaml"), "utf8");
  return [stringify(configuration), stringify(logs), stages].join("---\n");
}
