import type { EnvironmentPlan, Resources } from "../../environments/plan/types.js";
import { shareText } from "../format/quantity.js";
import { columns } from "../format/table.js";
import { type Entry, hostUrl } from "../../environments/plan/address.js";
import type { Change } from "./changes.js";

/** A plan for people: services, claims, quota, notes. @param entry of the cluster */
export function planText({ environment, services, quota, notes }: EnvironmentPlan, entry: Entry): string {
  const claims = services.flatMap((service) => service.claims);
  return [
    ...columns([
      ["SERVICE", "VERSION", "OBJECTS", "URL"],
      ...services.map(({ name, version, objects, routes }) => [
        name,
        version,
        String(objects.length),
        routes.map(({ host }) => hostUrl(host, entry)).join(" "),
      ]),
    ]),
    ...section(
      ["CLAIM", "TYPE", "DRIVER", "NAME"],
      claims.map(({ service, name, type, driver, physicalName }) => [
        `${service}/${name}`,
        type,
        driver ?? "not provisioned yet",
        physicalName,
      ]),
    ),
    ...section([`QUOTA (size ${quota.size})`, "USED"], quotaRows(quota)),
    ...(notes.length === 0 ? [] : ["", `What was adapted for ${environment}:`]),
    ...columns(notes.map(({ subject, text }) => [`  ${subject}`, text])),
  ].join("\n");
}

/** What applying would change, most important first. */
export function changesText(changes: readonly Change[], unseen: readonly string[]): string {
  const count = (action: Change["action"]): number => changes.filter((change) => change.action === action).length;
  const lines = MARKS.flatMap(([action, mark]) =>
    changes
      .filter((change) => change.action === action)
      .map(({ kind, name, paths }) => `  ${mark} ${kind} ${name}${paths.length === 0 ? "" : `: ${pathsText(paths)}`}`),
  );
  const counts = `${count("create")} to create, ${count("change")} to change, ${count("delete")} to delete, ${count("unchanged")} unchanged`;
  const hidden = unseen.length === 0 ? [] : [`  not seen, because you may not: ${unseen.join(", ")}`];
  return [`Changes in the cluster: ${counts}`, ...lines, ...hidden].join("\n");
}

const MARKS = [
  ["delete", "-"],
  ["change", "~"],
  ["create", "+"],
] as const;

/** More say no more. */
const PATHS = 4;

function pathsText(paths: readonly string[]): string {
  const more = paths.length > PATHS ? ` and ${paths.length - PATHS} more` : "";
  return `${paths.slice(0, PATHS).join(", ")}${more}`;
}

function quotaRows({ used, hard }: EnvironmentPlan["quota"]): readonly (readonly string[])[] {
  const keys = Object.keys(used) as (keyof Resources)[];
  return keys.map((key) => [key, shareText(key, { used: used[key], hard: hard[key] })]);
}

function section(title: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  return rows.length === 0 ? [] : ["", ...columns([title, ...rows])];
}
