import type { Command } from "../command.js";

/** `ed8kctl start NAME SERVICE...` */
export const start: Command = {
  name: "start",
  summary: "Start services in an environment, with those that they need",
  group: "change",
  args: [
    { spec: "<name>", summary: "The environment", names: "environment" },
    { spec: "<service...>", summary: "Services of the catalogue", names: "service" },
  ],
  options: [],
  examples: ["ed8kctl start alice bos  # and fxsuite, which bos needs", "ed8kctl start alice kafka-ui mailbox"],
  async run(invocation) {
    const [{ changeServices }, { startServices }] = await Promise.all([
      import("../environment/change-services.js"),
      import("../../services/change-selection.js"),
    ]);
    await changeServices(invocation, startServices);
  },
};
