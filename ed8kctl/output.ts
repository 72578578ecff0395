/** Where a verb says things: people get progress and colour on a terminal, machines get `--json` on stdout. */
export interface Output {
  /** True when `--json` (or `-o json`) was given: then `result` prints the only thing on stdout. */
  readonly json: boolean;
  readonly terminal: boolean;
  /** The verb's answer: `text` for people, `data` for `--json`. */
  result(data: unknown, text: string): void;
  /** A line of progress, on stderr; never with `--json`'s data. */
  progress(line: string): void;
  /** A warning, on stderr. */
  warn(line: string): void;
  /** Asks on the terminal; throws a `usage` error that names `--yes` where there is none. */
  confirm(question: string): Promise<boolean>;
}
