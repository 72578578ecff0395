import { UserError } from "../../errors.js";
import { clusterOf } from "../cli/common-options.js";
import type { Command, Invocation } from "../command.js";
import { parseDuration } from "../format/duration.js";
import type { LogLine } from "../logs/line.js";

/** `ed8kctl logs NAME [service...]` */
export const logs: Command = {
  name: "logs",
  summary: "Print what an environment's services log, each line with its pod, in the order of time",
  group: "everyday",
  args: [
    { spec: "<name>", summary: "The environment", names: "environment" },
    { spec: "[service...]", summary: "Some of its services; all without", names: "service" },
  ],
  options: [
    { flags: "-f, --follow", summary: "Go on until Ctrl-C, also with containers and pods that start later" },
    { flags: "--since <duration>", summary: "Only what is younger, such as 10m" },
    { flags: "--tail <lines>", summary: "The last lines of each container (100, or all with --since or --grep)" },
    { flags: "--grep <regex>", summary: "Only lines in which the regular expression is found" },
    { flags: "-p, --previous", summary: "What was logged before the last restart" },
  ],
  examples: [
    "ed8kctl logs alice bos --follow",
    "ed8kctl logs alice --since 10m --grep 'ERROR|deal-42'  # one deal through all services",
    "ed8kctl logs alice bos --previous  # why a container was restarted",
  ],
  async run({ args: [name = "", ...services], options, out, signal }) {
    const { pattern, follow, ...limits } = parseLogOptions(options);
    const { withTarget } = await import("../target.js");
    const { findEnvironment } = await import("../live/read.js");
    const { requireServices } = await import("../live/services.js");
    const { readLogs } = await import("../logs/read-logs.js");
    const { followLogs } = await import("../logs/follow-logs.js");
    const isData = out.json;
    const onFault = (fault: string): void => out.warn(fault);
    // A log has no end, so as data it is one JSON object a line.
    const onLine = (line: LogLine): void => {
      if (pattern?.test(line.text) === false) return;
      out.stream(isData ? `${JSON.stringify(lineData(line))}\n` : `${line.prefix}: ${line.text}\n`);
    };
    await withTarget(clusterOf(options), async (target) => {
      requireServices(await findEnvironment(target, name, signal), services);
      const { client } = target;
      const request = { client, environment: name, services, ...limits, signal, onFault, onLine };
      await (follow ? followLogs : readLogs)(request);
    });
  },
};

/** A line for machines; what an application writes stays text, also where that is JSON. */
export function lineData({ time, service, pod, container, text }: LogLine): Readonly<Record<string, string>> {
  return { time, service, pod, container, line: text };
}

/** What the options of `logs` ask for. */
export interface LogOptions {
  readonly sinceSeconds: number | undefined;
  readonly tailLines: number | undefined;
  readonly pattern: RegExp | undefined;
  readonly previous: boolean;
  readonly follow: boolean;
}

const TAIL = 100;

/** @throws UserError (usage) */
export function parseLogOptions({ since, tail, grep, ...flags }: Invocation["options"]): LogOptions {
  const follow = flags["follow"] === true;
  const previous = flags["previous"] === true;
  if (follow && previous) {
    throw new UserError("--follow and --previous exclude each other: a run that has ended logs nothing more", {
      exit: "usage",
    });
  }
  const sinceSeconds = typeof since === "string" ? parseDuration(since, "--since") / 1000 : undefined;
  const pattern = typeof grep === "string" ? parsePattern(grep) : undefined;
  const limited = sinceSeconds === undefined && pattern === undefined ? TAIL : undefined;
  return { sinceSeconds, tailLines: typeof tail === "string" ? parseTail(tail) : limited, pattern, previous, follow };
}

function parsePattern(text: string): RegExp {
  try {
    return new RegExp(text);
  } catch (error) {
    const [, why = "it cannot be read"] = /: ([^:]*)$/.exec(error instanceof Error ? error.message : "") ?? [];
    throw new UserError(`--grep: "${text}" is no regular expression: ${why}`, {
      exit: "usage",
      hint: "put a backslash before characters that are meant as they are, such as \\( or \\*",
    });
  }
}

function parseTail(text: string): number {
  if (/^[0-9]{1,9}$/.test(text)) return Number(text);
  throw new UserError(`--tail: "${text}" is no number of lines`, { exit: "usage" });
}
