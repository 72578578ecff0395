import type { Command } from "../../command.js";
import { stackOf, STACK } from "../../cluster/stack-argument.js";

/** `ed8kctl cluster up [STACK]` */
export const clusterUp: Command = {
  name: "cluster up",
  summary: "Make the shared cluster what Pulumi.<stack>.yaml says, or bring it there",
  group: "platform",
  args: [STACK],
  options: [
    { flags: "-y, --yes", summary: "Do not ask" },
    { flags: "--preview", summary: "Only tell what would be done" },
    { flags: "--refresh", summary: "Look first at what there really is; done anyway after a run that did not succeed" },
  ],
  examples: [
    "ed8kctl cluster up  # the stack dev: tells what is to be done, and asks",
    "ed8kctl cluster up --preview  # changes nothing",
    "ed8kctl cluster up dev --yes --json",
  ],
  async run({ args, options, out, signal }) {
    const [
      { useSandboxWhereNothingElse },
      { openStacks },
      { readStackFile },
      { applyCluster },
      { clusterAppliedText },
    ] = await Promise.all([
      import("../../sandbox-defaults.js"),
      import("../../engine/automation.js"),
      import("../../cluster/stack-file.js"),
      import("../../cluster/up.js"),
      import("../../cluster/up-text.js"),
    ]);
    useSandboxWhereNothingElse();
    const stack = stackOf(args, options);
    const [yes, preview, refresh] = ["yes", "preview", "refresh"].map((name) => options[name] === true);
    const applied = await applyCluster({
      stack,
      file: readStackFile(stack),
      stacks: openStacks(),
      out,
      signal,
      yes: yes === true,
      preview: preview === true,
      refresh: refresh === true,
    });
    out.result(applied, clusterAppliedText(applied));
  },
};
