import { GROUPS, type Command, type Group } from "../command.js";
import { columns } from "../format/table.js";
import { createParser } from "./parse.js";

const TITLES: Readonly<Record<Group, string>> = {
  everyday: "Everyday",
  inspect: "Look closer",
  change: "Change what runs",
  platform: "Platform and services",
};

/** The help of `ed8kctl` itself: every verb with one line. */
export function overview(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  const groups = GROUPS.flatMap((group) => {
    const lines = commands.filter((command) => command.group === group).map((command) => line(command, width));
    return lines.length === 0 ? [] : [`${TITLES[group]}:`, ...lines, ""];
  });
  return [
    "An isolated development environment per developer on one shared Kubernetes cluster.",
    "",
    "Usage: ed8kctl VERB [ARGUMENT...] [OPTION...]",
    "",
    ...groups,
    "ed8kctl help VERB tells a verb's arguments and options, with examples.",
    "Every verb: --json for machines, --cluster NAME for another cluster stack than dev.",
  ].join("\n");
}

/** The help of a noun alone: its verbs. */
export function nounHelp(noun: string, commands: readonly Command[]): string {
  const verbs = commands.filter(({ name }) => name.startsWith(`${noun} `));
  const width = Math.max(...verbs.map(({ name }) => name.length));
  return [`Usage: ed8kctl ${noun} VERB`, "", ...verbs.map((verb) => line(verb, width))].join("\n");
}

/** The help of one verb, with its examples last. */
export function verbHelp(command: Command): string {
  const parser = createParser(command).configureHelp({ helpWidth: 110 });
  if (command.passesOn !== undefined) parser.usage(`${usage(command)} [options] [-- command...]`);
  const passed = command.passesOn === undefined ? [] : ["", `What follows -- ${command.passesOn}.`];
  const rows = command.examples.map((example) => splitExample(example));
  const examples = rows.length === 0 ? [] : ["", "Examples:", ...columns(rows).map((text) => `  ${text}`)];
  return [parser.helpInformation().trimEnd(), ...passed, ...examples].join("\n");
}

function usage({ args }: Command): string {
  return args.map(({ spec }) => spec).join(" ");
}

function line({ name, summary }: Command, width: number): string {
  return `  ${name.padEnd(width)}  ${summary}`;
}

/** `command  # what it does`: the remarks stand below each other. */
function splitExample(example: string): readonly string[] {
  const [command = "", ...remark] = example.split(/\s+# /);
  return remark.length === 0 ? [command] : [command, `# ${remark.join(" # ")}`];
}
