import { UserError } from "../../errors.js";
import { clusterOf } from "../cli/common-options.js";
import type { Command } from "../command.js";
import { parseDuration } from "../format/duration.js";

/** `ed8kctl run NAME [service] -- command` */
export const run: Command = {
  name: "run",
  summary: "Run a command once in a new pod with a service's image and variables",
  group: "everyday",
  args: [
    { spec: "<name>", summary: "The environment", names: "environment" },
    {
      spec: "[service]",
      summary: "One of its services, or the name of a workload; toolbox where it runs one",
      names: "service",
    },
  ],
  options: [
    { flags: "--timeout <duration>", summary: "Longer the command may not take; then its pod is ended", default: "1h" },
  ],
  examples: [
    "ed8kctl run alice bos -- bos migrate",
    "ed8kctl run alice bos -- sh -c 'pg_dump \"$DATABASE_URL\"' > dump.sql",
    "ed8kctl run alice bos-worker -- env  # with the variables of one of several workloads",
  ],
  passesOn: "is the command; its exit code is that of ed8kctl",
  async run({ args: [name = "", service], rest: command, options, out, signal }) {
    if (command.length === 0) {
      throw new UserError("there is no command to run", {
        exit: "usage",
        hint: `it stands behind two dashes: ed8kctl run ${name} ${service ?? "SERVICE"} -- COMMAND`,
      });
    }
    const timeoutSeconds = parseDuration(String(options["timeout"]), "--timeout") / 1000;
    const { withTarget } = await import("../target.js");
    const { readEnvironment } = await import("../live/read.js");
    const { defaultService } = await import("../live/services.js");
    const { chooseWorkload } = await import("../run/choose-workload.js");
    const { runOnce } = await import("../run/run-once.js");
    await withTarget(clusterOf(options), async (target) => {
      const { environment, workloads } = await readEnvironment(target, name, signal);
      const wanted = service ?? defaultService(environment, "run");
      const workload = chooseWorkload(environment, wanted, workloads);
      if (workload === undefined) {
        throw new UserError(`${wanted} has no Deployment or StatefulSet that a pod could be like`);
      }
      out.progress(`in a new pod like those of ${workload.kind} ${workload.metadata.name}`);
      await runOnce({ target, environment: name, workload, command, timeoutSeconds, out, signal });
    });
  },
};
