import type { Command } from "../../command.js";

/** `ed8kctl sandbox down` */
export const sandboxDown: Command = {
  name: "sandbox down",
  summary: "Stop the sandbox and remove it, with every environment in it; the built tools stay in the cache",
  group: "platform",
  args: [],
  options: [],
  examples: ["ed8kctl sandbox down  # works on whatever is left of one, and when there is none"],
  async run({ out, signal }) {
    const { stopSandbox } = await import("../../../sandbox/stop.js");
    const stopped = await stopSandbox({ report: (line) => out.progress(line), signal });
    out.result({ stopped }, stopped ? "the sandbox is removed" : "there is no sandbox; nothing to do");
  },
};
