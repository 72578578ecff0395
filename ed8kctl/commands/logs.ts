import { UserError } from "../../errors.js";
import { clusterOf } from "../cli/common-options.js";
import type { Command, Invocation } from "../command.js";
import { parseDuration } from "../format/duration.js";
import type { LogLine, LogRequest } from "../logs/read-logs.js";

/** `ed8kctl logs NAME [service...]` */
export const logs: Command = {
  name: "logs",
  summary: "Print what an environment's services log, each line with its pod",
  group: "everyday",
  args: [
    { spec: "<name>", summary: "The environment", names: "environment" },
    { spec: "[service...]", summary: "Some of its services; all without", names: "service" },
  ],
  options: [
    { flags: "-f, --follow", summary: "Go on until Ctrl-C, with pods that start later" },
    { flags: "--since <duration>", summary: "Only what is younger, such as 10m" },
    { flags: "--tail <lines>", summary: "The last lines of each container (100, or all with --since)" },
  ],
  examples: ["ed8kctl logs alice bos --follow", "ed8kctl logs alice --since 10m | grep ERROR"],
  async run({ args: [name = "", ...services], options, out, signal }) {
    const limits = parseLimits(options);
    const { withTarget } = await import("../target.js");
    const { findEnvironment } = await import("../live/read.js");
    const { requireServices } = await import("../live/services.js");
    const { followLogs, readLogs } = await import("../logs/read-logs.js");
    const onFault = (fault: string): void => out.warn(fault);
    const isData = out.json;
    // A log has no end, so as data it is one JSON object a line.
    const onLine = (line: LogLine): void => out.stream(isData ? `${JSON.stringify(lineData(line))}\n` : lineText(line));
    await withTarget(clusterOf(options), async (target) => {
      requireServices(await findEnvironment(target, name, signal), services);
      const { client } = target;
      const request = { client, environment: name, services, ...limits, signal, onFault, onLine };
      await (options["follow"] === true ? followLogs : readLogs)(request);
    });
  },
};

function lineText({ prefix, text }: LogLine): string {
  return `${prefix}: ${text}\n`;
}

function lineData({ pod, container, text }: LogLine): Omit<LogLine, "prefix"> {
  return { pod, container, text };
}

const TAIL = 100;

/** @throws UserError (usage) */
export function parseLimits(options: Invocation["options"]): Pick<LogRequest, "sinceSeconds" | "tailLines"> {
  const { since, tail } = options;
  const sinceSeconds = typeof since === "string" ? parseDuration(since, "--since") / 1000 : undefined;
  if (typeof tail !== "string") return { sinceSeconds, tailLines: sinceSeconds === undefined ? TAIL : undefined };
  if (/^[0-9]{1,9}$/.test(tail)) return { sinceSeconds, tailLines: Number(tail) };
  throw new UserError(`--tail: "${tail}" is no number of lines`, { exit: "usage" });
}
