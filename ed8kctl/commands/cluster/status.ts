import { STACK, stackOf } from "../../cluster/stack-argument.js";
import type { Command } from "../../command.js";

/** `ed8kctl cluster status [STACK]` */
export const clusterStatus: Command = {
  name: "cluster status",
  summary: "Tell what there is of the shared cluster, and what of its limits is used; changes nothing",
  group: "platform",
  args: [STACK],
  options: [],
  examples: ["ed8kctl cluster status", "ed8kctl cluster status --json | jq .partitions"],
  async run({ args, options, out, signal }) {
    const [
      { useSandboxWhereNothingElse },
      { openStacks },
      { readClusterStatus, statusSources },
      { clusterStatusText },
    ] = await Promise.all([
      import("../../sandbox-defaults.js"),
      import("../../engine/automation.js"),
      import("../../cluster/status.js"),
      import("../../cluster/status-text.js"),
    ]);
    useSandboxWhereNothingElse();
    const status = await readClusterStatus(stackOf(args, options), statusSources(openStacks()), signal);
    out.result(status, clusterStatusText(status, Date.now()));
  },
};
