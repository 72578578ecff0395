import type { Command } from "../../command.js";

/** `ed8kctl sandbox up` */
export const sandboxUp: Command = {
  name: "sandbox up",
  summary: "Start a Kubernetes control plane and a Pulumi engine on this machine, for trying ED8K without AWS",
  group: "platform",
  args: [],
  options: [
    {
      flags: "--nodes <kind>",
      summary:
        "real (Linux, root: pods run), simulated, a number of simulated nodes, or both as in real,2; else what suits the machine",
    },
    {
      flags: "--aws",
      summary: "play AWS as well (python3 with pip), so that the cluster stack of EKS can be applied; else as before",
    },
  ],
  examples: [
    "ed8kctl sandbox up  # the first time builds the tools, which takes some minutes",
    "ed8kctl sandbox up --nodes real,50  # behaviour on a real node, scale on simulated ones",
    "ed8kctl sandbox up --aws  # then ed8kctl cluster up: VPC, EKS, MSK and platform on an emulator",
    'eval "$(ed8kctl sandbox env)"  # then work with pulumi and kubectl on it',
  ],
  async run({ options, out, signal }) {
    const { parseNodes } = await import("../../../sandbox/nodes/choice/spec.js");
    const nodes = typeof options["nodes"] === "string" ? parseNodes(options["nodes"]) : undefined;
    const report = (line: string): void => out.progress(line);
    const { startSandbox } = await import("../../../sandbox/start.js");
    const { adoptSandboxCluster } = await import("../../adopt-cluster.js");
    const aws = options["aws"] === true ? true : undefined;
    await startSandbox({ report, signal, nodes, aws, afterwards: () => adoptSandboxCluster({ report, signal }) });
    const { sandboxStatus } = await import("../../../sandbox/status.js");
    const status = await sandboxStatus();
    const next = status?.aws === undefined ? "ed8kctl create NAME" : "ed8kctl cluster up";
    out.result(
      status ?? {},
      `the sandbox runs; next: ${next}, or eval "$(ed8kctl sandbox env)" to work with pulumi and kubectl`,
    );
  },
};
