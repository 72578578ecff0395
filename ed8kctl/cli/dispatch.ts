import { UserError } from "../../errors.js";
import { suggest } from "../../suggest.js";
import type { Command } from "../command.js";

/** What a command line asks for. */
export type Request =
  | { readonly kind: "overview" }
  | { readonly kind: "version" }
  | { readonly kind: "noun"; readonly noun: string }
  | { readonly kind: "help"; readonly command: Command }
  | { readonly kind: "run"; readonly command: Command; readonly words: readonly string[] };

/**
 * Finds the verb in a command line. Options that every verb has may come before it.
 * @throws UserError (usage) with a suggestion when there is no such verb
 */
export function readRequest(argv: readonly string[], commands: readonly Command[]): Request {
  const { leading, words } = splitLeading(argv);
  const [first, ...others] = words;
  if (first === undefined || first === "--help" || first === "-h") return { kind: "overview" };
  if (first === "--version" || first === "-V") return { kind: "version" };
  if (first === "help") return helpFor(others, commands);
  const found = findVerb(words, commands);
  if (found === undefined) return nounOrFault(words, commands);
  const behind = words.slice(found.name.split(" ").length);
  if (asksForHelp(behind)) return { kind: "help", command: found };
  // What was leading stays so: the verb's own words may end in `--` and words for another program.
  return { kind: "run", command: found, words: [...leading, ...behind] };
}

function helpFor(words: readonly string[], commands: readonly Command[]): Request {
  if (words.length === 0 || words[0]?.startsWith("-") === true) return { kind: "overview" };
  const command = findVerb(words, commands);
  return command === undefined ? nounOrFault(words, commands) : { kind: "help", command };
}

function findVerb([first, second]: readonly string[], commands: readonly Command[]): Command | undefined {
  const long = commands.find(({ name }) => name === `${first ?? ""} ${second ?? ""}`);
  return long ?? commands.find(({ name }) => name === first);
}

/** `sandbox` alone shows its verbs; `sandbox upp` is a fault. */
function nounOrFault([first = "", second]: readonly string[], commands: readonly Command[]): Request {
  const verbs = commands.flatMap(({ name }) => (name.startsWith(`${first} `) ? [name.slice(first.length + 1)] : []));
  if (verbs.length > 0 && (second === undefined || second === "--help" || second === "-h")) {
    return { kind: "noun", noun: first };
  }
  if (verbs.length > 0) throw unknownVerb(`${first} ${second ?? ""}`, second ?? "", { verbs, prefix: `${first} ` });
  if (first.startsWith("-")) {
    throw new UserError(`unknown option "${first}"`, { exit: "usage", hint: "ed8kctl --help tells all verbs" });
  }
  const nouns = commands.map(({ name }) => name.split(" ")[0] ?? name);
  throw unknownVerb(first, first, { verbs: [...new Set([...nouns, "help"])], prefix: "" });
}

function unknownVerb(
  typed: string,
  word: string,
  { verbs, prefix }: { readonly verbs: readonly string[]; readonly prefix: string },
): UserError {
  const near = suggest(word, verbs);
  const all = prefix === "" ? "ed8kctl --help tells all verbs" : `there are ${verbs.join(", ")}`;
  return new UserError(`there is no verb "${typed}"`, {
    exit: "usage",
    hint: near === undefined ? all : `did you mean "ed8kctl ${prefix}${near}"?`,
  });
}

/** Options of every verb that take a value in the next word. */
const WITH_VALUE = new Set(["--cluster", "-o", "--output"]);

function splitLeading(argv: readonly string[]): { leading: readonly string[]; words: readonly string[] } {
  let index = 0;
  for (;;) {
    const word = argv[index] ?? "";
    if (word === "--json" || /^(--cluster|--output)=/.test(word) || /^-o./.test(word)) index += 1;
    else if (WITH_VALUE.has(word)) index += 2;
    else break;
  }
  return { leading: argv.slice(0, index), words: argv.slice(index) };
}

function asksForHelp(words: readonly string[]): boolean {
  const end = words.indexOf("--");
  return (end === -1 ? words : words.slice(0, end)).some((word) => word === "--help" || word === "-h");
}
