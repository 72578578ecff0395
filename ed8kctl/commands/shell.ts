import { UserError } from "../../errors.js";
import { clusterOf } from "../cli/common-options.js";
import type { Command } from "../command.js";
import type { LiveEnvironment } from "../live/list.js";
import { requireServices, serviceNames } from "../live/services.js";

/** `ed8kctl shell NAME [service] [-- command]` */
export const shell: Command = {
  name: "shell",
  summary: "Open a shell in a service's container, or run a command there",
  group: "everyday",
  args: [
    { spec: "<name>", summary: "The environment", names: "environment" },
    { spec: "[service]", summary: "One of its services; toolbox where it runs one", names: "service" },
  ],
  options: [],
  examples: ["ed8kctl shell alice", "ed8kctl shell alice bos -- python manage.py shell"],
  passesOn: "runs in the container instead of a shell",
  async run({ args: [name = "", service], rest, options, out, signal }) {
    const { withTarget } = await import("../target.js");
    const { findEnvironment } = await import("../live/read.js");
    const { pickContainer } = await import("../live/pick-pod.js");
    const { runKubectl } = await import("../kubectl.js");
    const { facts, pod, container } = await withTarget(clusterOf(options), async (target) => {
      const chosen = chooseService(await findEnvironment(target, name, signal), service);
      const pods = await target.client.list({ apiVersion: "v1", kind: "Pod", namespace: name }, { signal });
      return { facts: target.facts, ...pickContainer(chosen, pods.items) };
    });
    const flags = process.stdin.isTTY && process.stdout.isTTY ? ["-it"] : ["-i"];
    const command = rest.length > 0 ? rest : SHELL;
    const report = (line: string): void => out.progress(line);
    const args = ["exec", ...flags, pod, "-c", container, "--", ...command];
    await runKubectl(args, { facts, namespace: name, signal, report });
  },
};

/** bash where the image has it. */
const SHELL = ["sh", "-c", "command -v bash >/dev/null && exec bash || exec sh"];

/** Every environment has it, unless its catalogue is another one. */
const TOOLBOX = "toolbox";

/** @throws UserError (usage) when it is not plain which service is meant */
export function chooseService(environment: LiveEnvironment, service: string | undefined): string {
  const names = serviceNames(environment);
  const chosen = service ?? (names.includes(TOOLBOX) ? TOOLBOX : names.length === 1 ? names[0] : undefined);
  if (chosen === undefined) {
    throw new UserError(`which service of ${environment.name}? It runs ${names.join(", ") || "nothing"}`, {
      exit: "usage",
      hint: `ed8kctl shell ${environment.name} SERVICE`,
    });
  }
  requireServices(environment, [chosen]);
  return chosen;
}
