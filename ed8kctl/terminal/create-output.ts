import { once } from "node:events";
import { createInterface } from "node:readline/promises";
import type { ReadStream } from "node:tty";
import { UserError } from "../../errors.js";
import type { Format } from "../cli/common-options.js";
import type { Output } from "../output.js";
import { StepTree } from "../steps.js";
import { isReaderGone } from "./closed-pipe.js";
import { type Ink, INK, PLAIN } from "./ink.js";
import { StepLines } from "./step-lines.js";
import { type Sink, StepScreen } from "./step-screen.js";

export interface OutputOptions {
  readonly format: Format;
  /** Where a person answers. */
  readonly stdin: Pick<ReadStream, "isTTY"> & NodeJS.ReadableStream;
  readonly stdout: Sink;
  readonly stderr: Sink;
  readonly env: NodeJS.ProcessEnv;
  /** Writes data as YAML; needed for that format only. */
  readonly toYaml: (data: unknown) => string;
  /** Ends the wait for an answer. */
  readonly signal: AbortSignal;
  /** Ends the process: nobody reads an answer that has no end. Such verbs change nothing that must be ended first. */
  readonly endWithReader: () => void;
}

/** The output of a process: its answer on stdout, everything else on stderr. */
export function createOutput(options: OutputOptions): Output {
  const { format, stdin, stdout, stderr, env, toYaml } = options;
  const terminal = stdin.isTTY && stderr.isTTY === true;
  const ink = inkFor(stderr, env);
  const moves = stderr.isTTY === true && env["TERM"] !== "dumb" && env["CI"] === undefined;
  const view = moves ? new StepScreen(stderr, ink) : new StepLines(stderr, ink);
  const data: Readonly<Record<Format, (data: unknown, text: string) => string>> = {
    table: (_, text) => text,
    json: (value) => JSON.stringify(value, undefined, 2),
    yaml: (value) => toYaml(value).trimEnd(),
  };
  return {
    json: format !== "table",
    terminal,
    result(value, text) {
      const shown = data[format](value, text);
      if (shown !== "") view.aside(() => stdout.write(`${shown}\n`));
    },
    stream: (text) =>
      view.aside(() =>
        stdout.write(text, (error) => {
          if (isReaderGone(error)) options.endWithReader();
        }),
      ),
    progress: (line) => view.aside(() => stderr.write(`${line}\n`)),
    warn: (line) => view.aside(() => stderr.write(`${ink.yellow("warning:")} ${line}\n`)),
    step(label) {
      const tree = new StepTree(label, view);
      view.show(tree);
      return tree;
    },
    confirm: async (question) => /^y(es)?$/i.test(await ask(`${question} [y/N] `, terminal, options)),
    ask: (question) => ask(`${question} `, terminal, options),
  };
}

/** Colours where a person sees them. https://no-color.org */
export function inkFor(sink: Sink, env: NodeJS.ProcessEnv): Ink {
  const wanted = sink.isTTY === true && (env["NO_COLOR"] ?? "") === "" && env["TERM"] !== "dumb";
  return wanted ? INK : PLAIN;
}

async function ask(prompt: string, terminal: boolean, options: OutputOptions): Promise<string> {
  if (!terminal) {
    throw new UserError(
      `"${prompt.replace(/ (\[y\/N\] )?$/, "")}" needs an answer, and there is no terminal to ask on`,
      {
        exit: "usage",
        hint: "say yes beforehand with --yes",
      },
    );
  }
  const asking = createInterface({ input: options.stdin, output: options.stderr as NodeJS.WritableStream & Sink });
  // In a terminal's raw mode Ctrl-C is a key like any other, and Ctrl-D leaves a question without an answer.
  asking.on("SIGINT", () => process.kill(process.pid, "SIGINT"));
  const closed = once(asking, "close").then(() => "");
  try {
    const answered = asking.question(prompt, { signal: options.signal });
    return (await Promise.race([answered, closed])).trim();
  } finally {
    asking.close();
  }
}
