import type { Step } from "./steps.js";

/** Where a verb says things: people get progress and colour on a terminal, machines get data on stdout. */
export interface Output {
  /** True when data was asked for (`--json`, `-o json`, `-o yaml`): then `result` prints the only thing on stdout. */
  readonly json: boolean;
  /** True when a person can be asked and shown what moves: stdin and stderr are terminals. */
  readonly terminal: boolean;
  /** The verb's answer: `text` for people, `data` for machines. */
  result(data: unknown, text: string): void;
  /** Part of an answer that has no end, such as a followed log: written to stdout as it comes. */
  stream(text: string): void;
  /** A line of progress, on stderr. */
  progress(line: string): void;
  /** A warning, on stderr. */
  warn(line: string): void;
  /** Begins something that takes a while: a tree with seconds on a terminal, plain lines elsewhere, on stderr. */
  step(label: string): Step;
  /** Asks on the terminal; throws a `usage` error that names `--yes` where there is none. */
  confirm(question: string): Promise<boolean>;
  /** Asks for words on the terminal; empty where none are given. Throws as `confirm` does. */
  ask(question: string): Promise<string>;
}
