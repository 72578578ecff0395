import type { Output } from "./output.js";

export const GROUPS = ["everyday", "inspect", "change", "platform"] as const;
export type Group = (typeof GROUPS)[number];

/** One option of a verb; the value's kind follows from `flags` as in commander (`--since <duration>`, `--yes`). */
export interface OptionSpec {
  readonly flags: string;
  readonly summary: string;
  readonly default?: string | boolean;
  /** Allowed values, told in the help and checked before the verb runs. */
  readonly choices?: readonly string[];
  /** May be given several times; the value is then a list. */
  readonly many?: boolean;
  /** The environment variable that gives the value where the option is not given. */
  readonly env?: string;
}

/** One word that a verb is given. */
export interface ArgumentSpec {
  /** As in commander: `<name>`, `[service...]`. */
  readonly spec: string;
  readonly summary: string;
  /** What it names: shells complete it; an environment's name is checked before the verb runs. */
  readonly names?: "environment" | "service" | "cluster";
  /** Allowed values, told in the help and checked before the verb runs. */
  readonly choices?: readonly string[];
}

/** What a verb's `run` is given; engines, clusters and clocks come in through `open…` and are imported only then. */
export interface Invocation {
  readonly args: readonly string[];
  /** By name in camel case; `cluster` is always there. */
  readonly options: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
  /** Words after `--`, for verbs with `passesOn`; other verbs get them in `args`. */
  readonly rest: readonly string[];
  readonly out: Output;
  /** Aborted by Ctrl-C, SIGTERM or a closed session. */
  readonly signal: AbortSignal;
}

/** One verb of `ed8kctl`, in one file of `commands/`; that file imports what is heavy inside `run`. */
export interface Command {
  /** As typed: `create`, or `sandbox up` for a noun with a verb. */
  readonly name: string;
  /** One line for the overview. */
  readonly summary: string;
  readonly group: Group;
  readonly args: readonly ArgumentSpec[];
  /** Beside those that every verb has (`cli/common-options.ts`). */
  readonly options: readonly OptionSpec[];
  /** Printed below the options of `--help`: lines of the form `command  # what it does`. */
  readonly examples: readonly string[];
  /** What is done with words after `--`, as in "runs in the container". @default nothing: they are arguments */
  readonly passesOn?: string;
  run(invocation: Invocation): Promise<void>;
}
