import type { Command } from "../command.js";

const SHELLS = ["bash", "zsh", "fish"] as const;

/** `ed8kctl completion bash|zsh|fish` */
export const completion: Command = {
  name: "completion",
  summary: "Print what makes a shell complete verbs, options and environments",
  group: "platform",
  args: [{ spec: "<shell>", summary: "Your shell", choices: SHELLS }],
  options: [],
  examples: [
    "source <(ed8kctl completion bash)  # put it into ~/.bashrc to keep it",
    "source <(ed8kctl completion zsh)  # in ~/.zshrc, after compinit",
    "ed8kctl completion fish > ~/.config/fish/completions/ed8kctl.fish",
  ],
  async run({ args, out }) {
    const { completionScript } = await import("../completion/scripts.js");
    const shell = SHELLS.find((known) => known === args[0]) ?? "bash";
    const script = completionScript(shell);
    out.result({ shell, script }, script);
  },
};
