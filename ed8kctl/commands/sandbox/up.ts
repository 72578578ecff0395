import { UserError } from "../../../errors.js";
import type { Command, Invocation } from "../../command.js";

/** `ed8kctl sandbox up` */
export const sandboxUp: Command = {
  name: "sandbox up",
  summary: "Start a Kubernetes control plane and a Pulumi engine on this machine, for trying ED8K without AWS",
  group: "platform",
  args: [],
  options: [{ flags: "--nodes <number>", summary: "How many nodes the cluster has (1 to 200; 3 unless it exists)" }],
  examples: [
    "ed8kctl sandbox up  # the first time builds the tools, which takes some minutes",
    'eval "$(ed8kctl sandbox env)"  # then work with pulumi and kubectl on it',
  ],
  async run({ options, out, signal }) {
    const nodes = parseNodes(options["nodes"]);
    const report = (line: string): void => out.progress(line);
    const { startSandbox } = await import("../../../sandbox/start.js");
    const { adoptSandboxCluster } = await import("../../adopt-cluster.js");
    await startSandbox({ report, signal, nodes, afterwards: () => adoptSandboxCluster({ report, signal }) });
    const { sandboxStatus } = await import("../../../sandbox/status.js");
    const status = await sandboxStatus();
    out.result(
      status ?? {},
      'the sandbox runs; next: ed8kctl create NAME, or eval "$(ed8kctl sandbox env)" to work with pulumi and kubectl',
    );
  },
};

const MOST_NODES = 200;

function parseNodes(value: Invocation["options"][string]): number | undefined {
  if (value === undefined) return undefined;
  const nodes = typeof value === "string" && /^[0-9]+$/.test(value) ? Number(value) : Number.NaN;
  if (nodes >= 1 && nodes <= MOST_NODES) return nodes;
  throw new UserError(`--nodes is "${value.toString()}", but must be a whole number from 1 to ${MOST_NODES}`, {
    exit: "usage",
  });
}
