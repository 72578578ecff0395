import type { Command } from "../command.js";

/** `ed8kctl stop NAME SERVICE...` */
export const stop: Command = {
  name: "stop",
  summary: "Stop services of an environment and remove their data; refused while another service needs them",
  group: "change",
  args: [
    { spec: "<name>", summary: "The environment", names: "environment" },
    { spec: "<service...>", summary: "Services that run in it", names: "service" },
  ],
  options: [],
  examples: ["ed8kctl stop alice kafka-ui"],
  async run(invocation) {
    const [{ changeServices }, { stopServices }] = await Promise.all([
      import("../environment/change-services.js"),
      import("../../services/change-selection.js"),
    ]);
    await changeServices(invocation, stopServices);
  },
};
