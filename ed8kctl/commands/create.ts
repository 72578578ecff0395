import { clusterOf } from "../cli/common-options.js";
import type { Command } from "../command.js";
import { SPEC_OPTIONS } from "../spec-options.js";

/** `ed8kctl create NAME` */
export const create: Command = {
  name: "create",
  summary: "Make an environment, or bring the one of that name to what is asked for",
  group: "everyday",
  args: [{ spec: "<name>", summary: "Its name: it is the namespace's name too", names: "environment" }],
  options: SPEC_OPTIONS,
  examples: [
    "ed8kctl create alice  # the services of profile minimal",
    "ed8kctl create alice --profile full --size m  # again with other options changes it",
    "ed8kctl create pair --collaborator bob --start kafka-ui --stop mailbox",
    "ed8kctl plan alice --profile full  # tells first what that would make",
  ],
  async run({ args: [name = ""], options, out, signal }) {
    const [{ withTarget }, { openStacks }, { createEnvironment }, { appliedText }, { askUser }] = await Promise.all([
      import("../target.js"),
      import("../engine/automation.js"),
      import("../environment/create.js"),
      import("../environment/applied.js"),
      import("../user.js"),
    ]);
    await withTarget(clusterOf(options), async (target) => {
      const asked = { ...options, asker: await askUser(target.client, { signal }) };
      const applied = await createEnvironment({ target, stacks: openStacks(), name, options: asked, out, signal });
      out.result(applied, appliedText(applied));
    });
  },
};
