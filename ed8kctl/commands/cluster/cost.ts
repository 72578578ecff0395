import { SIZES } from "../../../environments/size.js";
import { STACK, stackOf } from "../../cluster/stack-argument.js";
import type { Command } from "../../command.js";
import { CLUSTER_COST_OPTIONS, costOfCluster } from "../cost.js";

/** `ed8kctl cluster cost [STACK]` */
export const clusterCost: Command = {
  name: "cluster cost",
  summary: "Estimate what the shared cluster with its environments costs, against its budget",
  group: "platform",
  args: [STACK],
  options: [
    ...CLUSTER_COST_OPTIONS,
    { flags: "--size <size>", summary: "Size of the environments (m)", choices: SIZES },
  ],
  examples: ["ed8kctl cluster cost  # with 100 environments", "ed8kctl cluster cost dev --environments 60 --size s"],
  run: ({ args, ...invocation }) => costOfCluster(stackOf(args, invocation.options), invocation),
};
