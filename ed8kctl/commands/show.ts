import { clusterOf } from "../cli/common-options.js";
import type { Command } from "../command.js";
import { problemLines } from "../diagnosis/problem-text.js";
import { shareText } from "../format/quantity.js";
import { columns } from "../format/table.js";
import { momentText } from "../format/time.js";
import type { EnvironmentDetails } from "../live/details.js";

/** `ed8kctl show NAME` */
export const show: Command = {
  name: "show",
  summary: "Show what an environment runs, how it does and why, and where it is reached",
  group: "everyday",
  args: [{ spec: "<name>", summary: "The environment", names: "environment" }],
  options: [],
  examples: ["ed8kctl show alice", "ed8kctl show alice --json | jq '.services[] | {name, ready, wanted}'"],
  async run({ args: [name = ""], options, out, signal }) {
    const { withTarget } = await import("../target.js");
    const { readEnvironment } = await import("../live/read.js");
    const { detailsOf } = await import("../live/details.js");
    const { diagnose } = await import("../diagnosis/diagnose.js");
    const now = Date.now();
    const details = await withTarget(clusterOf(options), async (target) => {
      const read = await readEnvironment(target, name, signal);
      return detailsOf(read, await diagnose(target, read, { now, signal }));
    });
    out.result(details, showText(details, now));
  },
};

/** What `show` prints for people; `now` in milliseconds since 1970. */
export function showText(details: EnvironmentDetails, now: number): string {
  const { name, owner, collaborators, profile, size, state, created } = details;
  const facts = [
    ["environment", name],
    ["owner", collaborators.length === 0 ? owner : `${owner}, with ${collaborators.join(", ")}`],
    ["profile", `${profile}, size ${size}`],
    ["created", momentText(created, now)],
    ["state", stateText(state, now)],
  ];
  return [
    ...columns(facts),
    ...section(["SERVICE", "VERSION", "PODS", "URL"], serviceRows(details)),
    ...section(["CLAIM", "TYPE", "DRIVER", "NAME"], claimRows(details)),
    ...section(
      ["VOLUME", "SIZE", "PHASE"],
      details.volumes.map((volume) => [volume.name, volume.size, volume.phase]),
    ),
    ...section(
      ["QUOTA", "USED"],
      details.quota.map((line) => [line.resource, shareText(line.resource, line)]),
    ),
    ...(details.problems.length === 0 ? [] : ["", "Not well:", ...problemLines(details.problems, now)]),
    "",
    `next: ${nextCommands(details).join(", ")}`,
  ].join("\n");
}

function stateText({ name, reason, since }: EnvironmentDetails["state"], now: number): string {
  return `${name} since ${momentText(since, now)}${reason === undefined ? "" : `: ${reason}`}`;
}

function serviceRows({ services }: EnvironmentDetails): readonly (readonly string[])[] {
  return services.map(({ name, version, ready, wanted, urls }) => [
    name,
    version,
    wanted === 0 ? "none" : `${ready}/${wanted} ready`,
    urls.join(" "),
  ]);
}

function claimRows({ claims }: EnvironmentDetails): readonly (readonly string[])[] {
  return claims.map(({ service, name, type, driver, physicalName }) => [
    `${service}/${name}`,
    type,
    driver ?? "not provisioned yet",
    physicalName,
  ]);
}

function section(title: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  return rows.length === 0 ? [] : ["", ...columns([title, ...rows])];
}

function nextCommands({ name, state, problems, services }: EnvironmentDetails): readonly string[] {
  if (state.name === "deleting") return [`ed8kctl destroy ${name}`];
  const sick = services.find(({ ready, wanted }) => ready < wanted);
  const one = sick?.name ?? problems[0]?.service;
  const logs = ["ed8kctl logs", name, ...(one === undefined ? [] : [one])].join(" ");
  const open = services.some(({ urls }) => urls.length > 0) ? [`ed8kctl open ${name}`] : [];
  if (sick === undefined) return [`ed8kctl use ${name}`, ...open, logs];
  // Where nothing runs, nothing can be entered.
  const runs = sick.ready > 0 || problems.some(({ cause, service }) => cause === "readiness-probe" && service === one);
  return [logs, ...(runs ? [`ed8kctl shell ${name} ${sick.name}`] : [])];
}
