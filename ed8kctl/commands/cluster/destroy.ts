import { UserError } from "../../../errors.js";
import type { AwsTarget } from "../../cluster/whereabouts.js";
import { STACK, stackOf } from "../../cluster/stack-argument.js";
import type { Command } from "../../command.js";

/** `ed8kctl cluster destroy [STACK]` */
export const clusterDestroy: Command = {
  name: "cluster destroy",
  summary: "Remove the shared cluster, when no environment is on it, and tell what is left",
  group: "platform",
  args: [STACK],
  options: [{ flags: "-y, --yes", summary: "Do not ask for the cluster's name" }],
  examples: [
    "ed8kctl cluster destroy  # refused while there are environments; then asks for the name",
    "ed8kctl cluster destroy dev --yes --json  # exit code 1 when something is left, which is listed",
  ],
  async run({ args, options, out, signal }) {
    const [
      { useSandboxWhereNothingElse },
      { openStacks },
      { destroyCluster },
      receipts,
      { requireAccountOf },
      { readStackFile },
    ] = await Promise.all([
      import("../../sandbox-defaults.js"),
      import("../../engine/automation.js"),
      import("../../cluster/destroy.js"),
      import("../../cluster/receipt.js"),
      import("../../cluster/account.js"),
      import("../../cluster/stack-file.js"),
    ]);
    useSandboxWhereNothingElse();
    const stack = stackOf(args, options);
    const stacks = openStacks();
    const yes = options["yes"] === true;
    const file = () => readStackFile(stack).config;
    const checkAccount = (target: AwsTarget) => requireAccountOf(target);
    const removed = await destroyCluster({ stack, stacks, out, signal, yes, checkAccount, file });
    const receipt = await receipts.takeClusterReceipt(removed, stacks);
    out.result(receipt, receipts.clusterReceiptText(receipt));
    if (receipt.left.length === 0) return;
    throw new UserError(`the cluster ${stack} is not wholly gone: ${receipt.left.length} left`);
  },
};
