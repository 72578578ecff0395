import { UserError } from "../../errors.js";
import { clusterOf } from "../cli/common-options.js";
import type { Command, Invocation } from "../command.js";

/** `ed8kctl use [NAME]` */
export const use: Command = {
  name: "use",
  summary: "Make kubectl, helm and Tilt work in an environment; without a name tell the current one",
  group: "everyday",
  args: [{ spec: "[name]", summary: "The environment", names: "environment" }],
  options: [],
  examples: [
    "ed8kctl use alice  # writes the context ed8k-alice into your kubeconfig and makes it current",
    "ed8kctl use  # which one is it?",
  ],
  async run(invocation) {
    const [name] = invocation.args;
    await (name === undefined ? tellCurrent(invocation) : useEnvironment(name, invocation));
  },
};

async function useEnvironment(name: string, { options, out, signal }: Invocation): Promise<void> {
  const { withTarget } = await import("../target.js");
  const { findEnvironment } = await import("../live/read.js");
  const { writeContext } = await import("../kubeconfig/write.js");
  const own = process.env["KUBECONFIG"];
  const written = await withTarget(clusterOf(options), async (target) => {
    await findEnvironment(target, name, signal);
    return writeContext(name, target.facts.context);
  });
  // Without it, the sandbox's kubeconfig was taken because nothing else was chosen; other programs do not know that.
  const first = process.env["KUBECONFIG"] === own ? "" : 'eval "$(ed8kctl sandbox env)" in this shell, then ';
  out.result(
    { environment: name, ...written },
    `kubectl now works in ${name}: context ${written.context} in ${written.file}; next: ${first}kubectl get pods`,
  );
}

async function tellCurrent({ out }: Invocation): Promise<void> {
  const { currentContext } = await import("../kubeconfig/write.js");
  const { useSandboxWhereNothingElse } = await import("../sandbox-defaults.js");
  useSandboxWhereNothingElse();
  const { environment, context } = currentContext();
  if (environment !== undefined) return out.result({ environment, context }, environment);
  throw new UserError(
    `no environment is in use: ${context === undefined ? "the kubeconfig has no current context" : `the current context is "${context}"`}`,
    { hint: "ed8kctl use NAME; ed8kctl list shows the names", exit: "notFound" },
  );
}
