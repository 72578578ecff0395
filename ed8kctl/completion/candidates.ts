import { clusterOf, COMMON_OPTIONS } from "../cli/common-options.js";
import { longFlags } from "../cli/parse.js";
import type { ArgumentSpec, Command, OptionSpec } from "../command.js";

/** Names that are not in the verbs themselves. */
export interface Names {
  /** Of stacks whose files are in the checkout. */
  clusters(): Promise<readonly string[]>;
  environments(): Promise<readonly string[]>;
  services(environment: string | undefined): Promise<readonly string[]>;
}

/**
 * What the last of `words` may become: verbs, options, values of options, names of environments and services. Never
 * an error: a shell would print it into the line that is being typed.
 */
export async function candidates(
  words: readonly string[],
  commands: readonly Command[],
  names: Names = liveNames,
): Promise<readonly string[]> {
  const typed = words.at(-1) ?? "";
  try {
    const all = await possible(words.slice(0, -1), typed, { commands, names });
    return all.filter((candidate) => candidate.startsWith(typed));
  } catch {
    return [];
  }
}

interface Known {
  readonly commands: readonly Command[];
  readonly names: Names;
}

async function possible(before: readonly string[], typed: string, known: Known): Promise<readonly string[]> {
  const command = known.commands.find(({ name }) => isPrefix(name.split(" "), before));
  if (command === undefined) return verbs(before, known.commands);
  const words = before.slice(command.name.split(" ").length);
  const option = valueOf(command, words.at(-1));
  if (option !== undefined) return option.choices ?? [];
  if (typed.startsWith("-")) return longFlags(command);
  const args = words.filter((word, index) => !word.startsWith("-") && valueOf(command, words[index - 1]) === undefined);
  const spec = command.args[args.length] ?? command.args.find((argument) => argument.spec.includes("..."));
  return spec === undefined ? [] : argumentValues(spec, args[0], known.names);
}

async function argumentValues(
  { names: kind, choices }: ArgumentSpec,
  environment: string | undefined,
  names: Names,
): Promise<readonly string[]> {
  if (kind === "environment") return names.environments();
  if (kind === "service") return names.services(environment);
  if (kind === "cluster") return names.clusters();
  return choices ?? [];
}

function verbs([noun]: readonly string[], commands: readonly Command[]): readonly string[] {
  if (noun === undefined) return [...new Set([...commands.map(({ name }) => name.split(" ")[0] ?? name), "help"])];
  if (noun === "help") return [...new Set(commands.map(({ name }) => name.split(" ")[0] ?? name))];
  return commands.flatMap(({ name }) => (name.startsWith(`${noun} `) ? [name.slice(noun.length + 1)] : []));
}

function isPrefix(part: readonly string[], words: readonly string[]): boolean {
  return part.every((word, index) => words[index] === word);
}

/** The option whose value comes next, when `word` is one that takes a value. */
function valueOf(command: Command, word: string | undefined): OptionSpec | undefined {
  if (word === undefined || !word.startsWith("-")) return undefined;
  return [...command.options, ...COMMON_OPTIONS].find(
    ({ flags }) => /[<[]/.test(flags) && flags.split(/[ ,]+/).includes(word),
  );
}

/** Longer than this nobody waits for a completion, in milliseconds. */
const PATIENCE_MS = 2000;

const liveNames: Names = {
  clusters: async () => (await import("../cluster/stack-file.js")).clusterStacks(),
  environments: async () => (await live()).map(({ name }) => name),
  services: async (environment) =>
    (await live()).find(({ name }) => name === environment)?.summary?.services.map(({ name }) => name) ?? [],
};

async function live() {
  const { withUncheckedTarget } = await import("../target.js");
  const { listEnvironments } = await import("../live/list.js");
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const cluster = clusterOf({ cluster: process.env["ED8K_CLUSTER"] });
  return (await withUncheckedTarget(cluster, (target) => listEnvironments(target, { signal }))).environments;
}
