import { UserError } from "../../../errors.js";
import { countOf } from "../../../sandbox/nodes/kinds.js";
import type { ComponentStatus, SandboxStatus } from "../../../sandbox/status.js";
import type { Command } from "../../command.js";
import { columns } from "../../format/table.js";
import { ageText } from "../../format/time.js";

/** `ed8kctl sandbox status` */
export const sandboxStatus: Command = {
  name: "sandbox status",
  summary: "Show what runs in the sandbox, since when, and whether it is well",
  group: "platform",
  args: [],
  options: [],
  examples: ["ed8kctl sandbox status  # exit code 1 when something is down, 3 when there is no sandbox"],
  async run({ out }) {
    const { sandboxStatus: look } = await import("../../../sandbox/status.js");
    const status = await look();
    if (status === undefined) {
      throw new UserError("there is no sandbox", { hint: "make one: ed8kctl sandbox up", exit: "notFound" });
    }
    out.result(status, statusText(status, Date.now()));
    if (status.fault !== undefined) throw new UserError(status.fault, { hint: "heal it: ed8kctl sandbox up" });
  },
};

/** The status for people; `now` in milliseconds since 1970. */
export function statusText(status: SandboxStatus, now: number): string {
  const { nodes, basePort, folder } = status;
  const header = [
    ["sandbox", `${status.phase}, in ${folder}`],
    ["ports", `127.0.0.1, from ${basePort} on (API server ${basePort + 3})`],
    ["nodes", nodesText(nodes)],
    ["", nodes.limits.join(" ")],
    ...(nodes.gateway === undefined
      ? []
      : [["gateway", `http://HOST:${nodes.gateway} for every host of an environment`]]),
    ["plugins", status.plugins.map(pluginText).join(", ")],
    ...awsRows(status.aws),
  ];
  const { pid, alive, memoryBytes } = status.supervisor;
  const rows = [
    ["COMPONENT", "STATE", "PID", "SINCE", "RESTARTS", "MEMORY"],
    ["supervisor", alive ? "running" : "gone", String(pid), "", "", memoryText(memoryBytes)],
    ...status.components.map((component) => componentRow(component, now)),
  ];
  return [...header.map(([name = "", text = ""]) => `${name.padEnd(8)} ${text}`), "", ...columns(rows)].join("\n");
}

/** What the sandbox does not do of AWS is told each time: nothing else would say it. */
function awsRows(aws: SandboxStatus["aws"]): string[][] {
  if (aws === undefined) return [];
  const { endpoint, account, region, limits, missingCharts } = aws;
  const charts =
    missingCharts.length === 0
      ? []
      : [`Without their registries these charts are left out: ${missingCharts.join(", ")}.`];
  return [
    ["aws", `${endpoint}, account ${account}, ${region}; not as on AWS:`],
    ...[...limits, ...charts].map((limit) => ["", `- ${limit}`]),
  ];
}

function nodesText({ counts, ready, reason }: SandboxStatus["nodes"]): string {
  const kinds = Object.entries(counts).map(([kind, count]) => `${count} ${kind}`);
  return `${kinds.join(", ")}; ${ready} of ${countOf(counts)} ready (${reason})`;
}

function pluginText({ name, source, version }: SandboxStatus["plugins"][number]): string {
  return `${name} ${version === undefined ? "" : `${version} `}(${source})`;
}

function componentRow({ name, state, since, restarts, ...rest }: ComponentStatus, now: number): string[] {
  return [name, state, pidText(rest.pid), ageText(since, now), String(restarts), memoryText(rest.memoryBytes)];
}

function pidText(pid: number | undefined): string {
  return pid === undefined ? "" : String(pid);
}

function memoryText(bytes: number | undefined): string {
  return bytes === undefined ? "" : `${Math.round(bytes / 1024 ** 2)} MiB`;
}
