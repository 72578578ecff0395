import { columns } from "../format/table.js";
import { ageText } from "../format/time.js";
import { countsText } from "./changes-text.js";
import type { ClusterStatus, KubernetesStatus } from "./status.js";

/**
 * What there is of a cluster, for people; the last line names the next command.
 * @param now in milliseconds since 1970
 */
export function clusterStatusText(status: ClusterStatus, now: number): string {
  const { aws, addOns, resources } = status;
  const rows = [
    ["cluster", `${status.stack}, ${status.state}${resources === 0 ? "" : ` (${resources} resources)`}`],
    ["last run", lastRun(status, now)],
    [
      "AWS",
      aws === undefined ? "" : `${aws.cluster} in account ${aws.account}, ${aws.region}; API server ${aws.endpoint}`,
    ],
    ["Kubernetes", kubernetes(status)],
    ["config", status.config === undefined ? "" : `not known: ${status.config.message}`],
    ["nodes", nodes(status)],
    ["Kafka", partitions(status)],
    ["add-ons", addOns === undefined ? "" : `asked for: ${addOns.length === 0 ? "none" : addOns.join(", ")}`],
    ["environments", environments(status)],
    ["drift", resources === 0 ? "" : `not looked for; ed8kctl cluster up ${status.stack} --preview --refresh does`],
  ].filter(([, text]) => text !== "");
  return [...columns(rows), `next: ${next(status)}`].join("\n");
}

function lastRun({ lastUpdate }: ClusterStatus, now: number): string {
  if (lastUpdate === undefined) return "none has ended";
  const { kind, succeeded, ended, changes } = lastUpdate;
  const counts = countsText(changes, "past");
  return `${kind} ${ageText(ended, now)} ago ${succeeded ? "succeeded" : "failed"}${counts === "" ? "" : `: ${counts}`}`;
}

function kubernetes({ kubernetes: support }: ClusterStatus): string {
  if (support === undefined) return "";
  const { version, endOfStandardSupport: end, daysLeft = 0, by, asked } = support;
  const supported = daysLeft < 0 ? `ended on ${end ?? ""}` : `until ${end ?? ""} (${daysLeft} days)`;
  return [
    `${version}${SAID_BY[by]}`,
    ...(end === undefined ? [] : [`standard support ${supported}`]),
    ...(asked === undefined ? [] : [`ed8k:eks.version asks for ${asked}`]),
  ].join(", ");
}

const SAID_BY: Readonly<Record<KubernetesStatus["by"], string>> = {
  cluster: "",
  stack: " as its stack said",
  config: " asked for",
};

function nodes({ live }: ClusterStatus): string {
  if (live === undefined) return "";
  return "message" in live ? `not known: ${live.message}` : `${live.nodes.ready} of ${live.nodes.total} ready`;
}

function environments({ live }: ClusterStatus): string {
  if (live === undefined || "message" in live) return "";
  const { length } = live.environments;
  return length === 0 ? "none" : `${length}: ${live.environments.join(", ")}`;
}

function partitions({ partitions: use }: ClusterStatus): string {
  if (use === undefined) return "";
  if ("message" in use) return `partitions not known: ${use.message}`;
  return `${use.used} of ${use.budget} replicas of partitions used, ${use.left} left`;
}

function next({ stack, state, live }: ClusterStatus): string {
  if (state !== "applied") return `ed8kctl cluster up ${stack}`;
  if (live !== undefined && "message" in live) return live.hint ?? "ed8kctl doctor";
  return "ed8kctl create NAME, ed8kctl list --all";
}
