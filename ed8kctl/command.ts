import type { Output } from "./output.js";

/** One option of a verb; the value's kind follows from `flags` as in commander (`--since <duration>`, `--yes`). */
export interface OptionSpec {
  readonly flags: string;
  readonly summary: string;
  readonly default?: string | boolean;
  /** Allowed values, told in the help and checked before the verb runs. */
  readonly choices?: readonly string[];
  /** May be given several times; the value is then a list. */
  readonly many?: boolean;
}

/** What a verb's `run` is given; engines, clusters and clocks come in through `open…` and are imported only then. */
export interface Invocation {
  readonly args: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
  readonly out: Output;
  /** Aborted by Ctrl-C or SIGTERM. */
  readonly signal: AbortSignal;
}

/** One verb of `ed8kctl`, in one file of `commands/`; that file imports what is heavy inside `run`. */
export interface Command {
  /** As typed: `create`, or `sandbox up` for a noun with a verb. */
  readonly name: string;
  /** One line for the overview. */
  readonly summary: string;
  readonly group: "everyday" | "inspect" | "change" | "platform";
  /** As in commander: `<name>`, `[service...]`. */
  readonly args: readonly { readonly spec: string; readonly summary: string }[];
  readonly options: readonly OptionSpec[];
  /** Printed below the options of `--help`: lines of the form `command  # what it does`. */
  readonly examples: readonly string[];
  run(invocation: Invocation): Promise<void>;
}
