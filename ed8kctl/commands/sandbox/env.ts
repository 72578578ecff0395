import type { Command } from "../../command.js";

/** `ed8kctl sandbox env` */
export const sandboxEnv: Command = {
  name: "sandbox env",
  summary: "Print the variables with which pulumi, kubectl and helm work on the sandbox",
  group: "platform",
  args: [],
  options: [],
  examples: ['eval "$(ed8kctl sandbox env)"  # in a POSIX shell'],
  async run({ out }) {
    const { sandboxEnvironment, shellLines } = await import("../../../sandbox/shell.js");
    const environment = sandboxEnvironment();
    out.result(environment, shellLines(environment));
  },
};
