import { STACK, stackOf } from "../../cluster/stack-argument.js";
import type { Command } from "../../command.js";

/** `ed8kctl cluster kubeconfig [STACK]` */
export const clusterKubeconfig: Command = {
  name: "cluster kubeconfig",
  summary: "Write the context that reaches the cluster into your kubeconfig; no credential is in it",
  group: "platform",
  args: [STACK],
  options: [
    { flags: "--print", summary: "Print a kubeconfig of it alone, and write nothing" },
    {
      flags: "--profile <name>",
      summary: "The AWS profile that kubectl is to take (the one that is set when it runs)",
    },
  ],
  examples: [
    "ed8kctl cluster kubeconfig  # then: kubectl --context ed8k-dev get nodes",
    "ed8kctl cluster kubeconfig --profile dev-sso  # aws sso login --profile dev-sso once a day",
    "ed8kctl cluster kubeconfig --print > kubeconfig",
  ],
  async run({ args, options, out }) {
    const [{ useSandboxWhereNothingElse }, { backendUrl }, { askStack }, { requireAws }, { eksEntries, kubeconfigOf }] =
      await Promise.all([
        import("../../sandbox-defaults.js"),
        import("../../engine/backend.js"),
        import("../../target.js"),
        import("../../cluster/facts.js"),
        import("../../../kube/eks-kubeconfig.js"),
      ]);
    useSandboxWhereNothingElse();
    // The stack is asked each time: a cluster that was made anew has another endpoint.
    const facts = await askStack(backendUrl(), stackOf(args, options));
    const profile = options["profile"];
    const entries = eksEntries(requireAws(facts), {
      context: facts.context,
      ...(typeof profile === "string" ? { profile } : {}),
    });
    if (options["print"] === true) {
      const { toYaml } = await import("../../format/yaml.js");
      const kubeconfig = kubeconfigOf(entries);
      return out.result(kubeconfig, toYaml(kubeconfig).trimEnd());
    }
    const { writeEntries } = await import("../../kubeconfig/write.js");
    const written = writeEntries(entries);
    out.result(
      written,
      `kubectl reaches the cluster by the context ${written.context} in ${written.file}; next: ed8kctl doctor`,
    );
  },
};
