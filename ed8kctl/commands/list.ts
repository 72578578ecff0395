import { UserError } from "../../errors.js";
import { suggest } from "../../suggest.js";
import { clusterOf } from "../cli/common-options.js";
import type { Command, Invocation } from "../command.js";
import { columns } from "../format/table.js";
import { ageText } from "../format/time.js";
import type { LiveEnvironment } from "../live/list.js";
import { type Entry, hostUrl } from "../../environments/plan/address.js";

/** `ed8kctl list` */
export const list: Command = {
  name: "list",
  summary: "List environments: yours, or everybody's with --all",
  group: "everyday",
  args: [],
  options: [
    { flags: "-a, --all", summary: "Everybody's" },
    { flags: "--owner <user>", summary: "Those of somebody else" },
    { flags: "-c, --columns <names>", summary: "Columns, with commas between them" },
  ],
  examples: [
    "ed8kctl list  # mine",
    "ed8kctl list --all -c name,owner,age",
    "ed8kctl list --all --json | jq -r '.environments[].name'",
  ],
  async run({ options, out, signal }) {
    const shown = parseColumns(options["columns"]);
    const { withUncheckedTarget } = await import("../target.js");
    const { listEnvironments } = await import("../live/list.js");
    const { currentUser } = await import("../user.js");
    // The one request shows the cluster's identity too.
    const { environments, entry } = await withUncheckedTarget(clusterOf(options), async (target) => ({
      ...(await listEnvironments(target, { signal })),
      entry: target.facts,
    }));
    const owner = typeof options["owner"] === "string" ? options["owner"] : currentUser();
    const chosen = options["all"] === true ? environments : environments.filter((one) => one.owner === owner);
    const nothing = options["all"] === true ? NONE : noneOf(owner, environments.length);
    const view = { now: Date.now(), entry };
    out.result({ environments: chosen }, chosen.length === 0 ? nothing : listText(chosen, shown, view));
  },
};

const COLUMNS = {
  name: ({ name }) => name,
  owner: ({ owner }) => owner,
  profile: ({ profile }) => profile,
  size: ({ size }) => size,
  state: ({ state }) => state.name,
  age: ({ created }, { now }) => ageText(created, now),
  services: ({ summary }) => (summary?.services ?? []).map(({ name }) => name).join(","),
  url: ({ summary }, { entry }) => {
    const [host] = (summary?.services ?? []).flatMap(({ hosts }) => hosts);
    return host === undefined ? "" : hostUrl(host, entry);
  },
} as const satisfies Record<string, (environment: LiveEnvironment, view: View) => string>;
type Column = keyof typeof COLUMNS;
const NAMES = Object.keys(COLUMNS) as readonly Column[];

/** What the rows are seen with, besides the environments. */
export interface View {
  /** In milliseconds since 1970. */
  readonly now: number;
  /** Of the cluster. */
  readonly entry: Entry;
}

/** The table. */
export function listText(environments: readonly LiveEnvironment[], shown: readonly Column[], view: View): string {
  const rows = environments.map((environment) => shown.map((column) => COLUMNS[column](environment, view)));
  return columns([shown.map((column) => column.toUpperCase()), ...rows]).join("\n");
}

/** @throws UserError (usage) with a suggestion for what is no column */
export function parseColumns(value: Invocation["options"][string]): readonly Column[] {
  if (typeof value !== "string") return NAMES;
  return value.split(",").map((word) => {
    const column = NAMES.find((name) => name === word.trim().toLowerCase());
    if (column !== undefined) return column;
    const near = suggest(word, NAMES);
    throw new UserError(`--columns: "${word}" is no column; there are ${NAMES.join(", ")}`, {
      exit: "usage",
      ...(near === undefined ? {} : { hint: `did you mean ${near}?` }),
    });
  });
}

const NONE = "there are no environments; make one: ed8kctl create NAME";

function noneOf(owner: string, others: number): string {
  const all = others === 0 ? "" : `; ed8kctl list --all shows ${others} of others`;
  return `${owner} has no environments; make one: ed8kctl create NAME${all}`;
}
