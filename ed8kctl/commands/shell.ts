import { UserError } from "../../errors.js";
import { clusterOf } from "../cli/common-options.js";
import type { Command } from "../command.js";

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
  examples: [
    "ed8kctl shell alice",
    "ed8kctl shell alice bos -- python manage.py shell",
    "ed8kctl shell alice bos -- tar -c /data > data.tar  # ends with the command's exit code",
  ],
  passesOn: "runs in the container instead of a shell",
  async run({ args: [name = "", service], rest, options, out, signal }) {
    const { withTarget } = await import("../target.js");
    const { findEnvironment } = await import("../live/read.js");
    const { defaultService, requireServices } = await import("../live/services.js");
    const { pickContainer } = await import("../live/pick-pod.js");
    const { whyNotReady } = await import("../diagnosis/diagnose.js");
    const { execInPod } = await import("../kubectl.js");
    const { facts, picked } = await withTarget(clusterOf(options), async (target) => {
      const environment = await findEnvironment(target, name, signal);
      const chosen = service ?? defaultService(environment, "shell");
      requireServices(environment, [chosen]);
      const pods = await target.client.list({ apiVersion: "v1", kind: "Pod", namespace: name }, { signal });
      const found = pickContainer(chosen, pods.items);
      if (found?.isReady === true) return { facts: target.facts, picked: found };
      const look = { now: Date.now(), signal };
      const why = await whyNotReady(target, { environment: name, service: chosen }, look);
      if (found === undefined) throw noPod(name, chosen, why);
      out.warn(why ?? `${found.pod} is not ready`);
      return { facts: target.facts, picked: found };
    });
    const command = rest.length > 0 ? rest : SHELL;
    const report = (line: string): void => out.progress(line);
    await execInPod({ ...picked, command }, { facts, namespace: name, signal, report });
  },
};

/** bash where the image has it. */
const SHELL = ["sh", "-c", "command -v bash >/dev/null && exec bash || exec sh"];

function noPod(name: string, service: string, why: string | undefined): UserError {
  return new UserError(`no pod of ${service} can be entered: ${why ?? "it has none that runs"}`, {
    hint: `ed8kctl show ${name} tells more; ed8kctl run ${name} ${service} -- COMMAND makes a pod of its own`,
  });
}
