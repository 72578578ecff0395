import { UserError } from "../../errors.js";
import { clusterOf } from "../cli/common-options.js";
import type { Command } from "../command.js";
import { parseDuration } from "../format/duration.js";

/** `ed8kctl destroy NAME` */
export const destroy: Command = {
  name: "destroy",
  summary: "Remove an environment with everything in it, its data too, and prove that nothing is left",
  group: "everyday",
  args: [{ spec: "<name>", summary: "The environment", names: "environment" }],
  options: [
    { flags: "-y, --yes", summary: "Do not ask" },
    { flags: "--timeout <duration>", summary: "How long its namespace may take to go", default: "5m" },
  ],
  examples: [
    "ed8kctl destroy alice  # asks first; works on what is half made or half gone, and when nothing is there",
    "ed8kctl destroy alice --yes --json  # exit code 1 when something is left, which is listed",
  ],
  async run({ args: [environment = ""], options, out, signal }) {
    const timeoutMs = parseDuration(String(options["timeout"]), "--timeout");
    const [{ withTarget }, { openStacks }, { findEnvironment, removeEnvironment }, { receiptText }] = await Promise.all(
      [
        import("../target.js"),
        import("../engine/automation.js"),
        import("../environment/remove.js"),
        import("../environment/receipt.js"),
      ],
    );
    await withTarget(clusterOf(options), async (target) => {
      const args = { target, stacks: openStacks(), environment, out, signal, timeoutMs };
      const found = await findEnvironment(args);
      const isThere = found.config !== undefined || found.namespace !== undefined;
      if (isThere && options["yes"] !== true) {
        const question = `Remove ${environment} with all its services, volumes and topics? This cannot be undone.`;
        if (!(await out.confirm(question)))
          throw new UserError(`${environment} stays as it is`, { exit: "interrupted" });
      }
      const receipt = await removeEnvironment(args, found);
      out.result(receipt, receiptText(receipt));
      if (receipt.left.length > 0)
        throw new UserError(`${environment} is not wholly gone: ${receipt.left.length} left`);
    });
  },
};
