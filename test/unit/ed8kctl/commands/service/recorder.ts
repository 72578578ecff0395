import type { Output } from "../../../../../ed8kctl/output.js";
import type { Command, Invocation } from "../../../../../ed8kctl/command.js";
import type { Step } from "../../../../../ed8kctl/steps.js";

export interface Recorded {
  readonly data: readonly unknown[];
  readonly texts: readonly string[];
  /** What was thrown at the end. */
  readonly error: Error | undefined;
}

const STEP: Step = { step: () => STEP, done: () => undefined, failed: () => undefined };

/** Runs a verb and keeps what it answers. */
export async function recorded(
  command: Command,
  args: readonly string[],
  options: Invocation["options"] = {},
): Promise<Recorded> {
  const data: unknown[] = [];
  const texts: string[] = [];
  const out: Output = {
    json: false,
    terminal: false,
    result(value, text) {
      data.push(value);
      texts.push(text);
    },
    stream: () => undefined,
    progress: () => undefined,
    warn: () => undefined,
    step: () => STEP,
    ask: () => Promise.resolve(""),
    confirm: () => Promise.resolve(false),
  };
  try {
    await command.run({ args, options, rest: [], out, signal: new AbortController().signal });
    return { data, texts, error: undefined };
  } catch (error) {
    return { data, texts, error: error as Error };
  }
}
