import { Argument, Command as Parser, CommanderError, InvalidArgumentError, Option } from "commander";
import { UserError } from "../../errors.js";
import { environmentNameProblem } from "../../naming.js";
import { suggest } from "../../suggest.js";
import type { ArgumentSpec, Command, Invocation, OptionSpec } from "../command.js";
import { COMMON_OPTIONS } from "./common-options.js";

/** What a verb is given by its command line. */
export type Parsed = Pick<Invocation, "args" | "options" | "rest">;

/**
 * Reads the words behind a verb: options, arguments, and what is behind `--`.
 * @throws UserError (usage) that says what is wrong, and what was likely meant
 */
export function parseWords(command: Command, words: readonly string[]): Parsed {
  const { own, rest } = splitRest(command, words);
  const parser = createParser(command);
  try {
    parser.parse(own, { from: "user" });
  } catch (error) {
    throw error instanceof CommanderError ? toUserError(error, command) : error;
  }
  const args = parser.processedArgs.flat().filter((arg): arg is string => typeof arg === "string");
  command.args.forEach((spec, index) => validateArgument(spec, args[index]));
  return { args, options: parser.opts(), rest };
}

/** The parser of one verb; it also writes the options' part of its help. */
export function createParser(command: Command): Parser {
  const parser = new Parser(`ed8kctl ${command.name}`)
    .description(command.summary)
    .exitOverride()
    .configureOutput({ writeErr: () => undefined, writeOut: () => undefined })
    .showSuggestionAfterError(false)
    .helpOption("-h, --help", "This help");
  for (const { spec, summary, choices } of command.args) {
    const argument = new Argument(spec, summary);
    parser.addArgument(choices === undefined ? argument : argument.choices(choices));
  }
  for (const option of command.options) parser.addOption(createOption(option));
  for (const option of COMMON_OPTIONS) parser.addOption(createOption(option).helpGroup("Options of every verb:"));
  return parser.action(() => undefined);
}

function createOption({ flags, summary, choices, many, env, ...spec }: OptionSpec): Option {
  const option = new Option(flags, summary);
  if (choices !== undefined) option.choices(choices);
  if (env !== undefined) option.env(env);
  if (spec.default !== undefined) option.default(spec.default);
  if (many !== true) return option;
  return option.argParser((value: string, before: readonly string[] | undefined) => {
    if (choices?.includes(value) === false)
      throw new InvalidArgumentError(`Allowed choices are ${choices.join(", ")}.`);
    return [...(before ?? []), value];
  });
}

function splitRest({ passesOn }: Command, words: readonly string[]) {
  const end = words.indexOf("--");
  if (passesOn === undefined || end === -1) return { own: words, rest: [] };
  return { own: words.slice(0, end), rest: words.slice(end + 1) };
}

function validateArgument({ names }: ArgumentSpec, value: string | undefined): void {
  if (names !== "environment" || value === undefined) return;
  const problem = environmentNameProblem(value);
  if (problem === undefined) return;
  throw new UserError(problem, { exit: "usage", hint: "ed8kctl list --all shows the environments that there are" });
}

function toUserError({ message, code }: CommanderError, command: Command): UserError {
  const text = message
    .replace(/^error: /, "")
    .replace(/^command-argument value ('.*') is invalid for argument '(.*)'\./, "$1 is not allowed for <$2>.")
    .replaceAll("'", '"');
  return new UserError(text, { exit: "usage", hint: hintFor(code, text, command) });
}

function hintFor(code: string, text: string, command: Command): string {
  const typed = /"(.*)"/.exec(text)?.[1] ?? "";
  if (code === "commander.unknownOption") {
    const near = suggest(typed, longFlags(command));
    if (near !== undefined) return `did you mean ${near}?`;
  }
  return `ed8kctl ${command.name} --help tells how it is used`;
}

/** `--follow` of `-f, --follow`, for every option of a verb. */
export function longFlags(command: Command): readonly string[] {
  const flags = [...command.options, ...COMMON_OPTIONS].map((option) => option.flags);
  return [...flags, "--help"].flatMap((text) => /--[a-z-]+/.exec(text)?.[0] ?? []);
}
