import { secondsText } from "../format/time.js";
import type { StepState, StepView } from "../steps.js";
import type { Ink } from "./ink.js";
import type { Sink } from "./step-screen.js";

/** Steps where nothing can be redrawn: a line when a step with a tree begins to be done, and one for each that ends. */
export class StepLines implements StepView {
  readonly now = Date.now;

  constructor(
    private readonly sink: Sink,
    private readonly ink: Ink,
  ) {}

  changed(state: StepState): void {
    if (state.state !== "running") this.sink.write(`${stepLine(state, this.ink, this.now())}\n`);
    else if (state.depth === 0) this.sink.write(`${state.label} ...\n`);
  }

  ended(): void {
    // Every line was written when its step ended.
  }

  show(): void {
    // Nothing is redrawn.
  }

  /** Writes something that is no step. */
  aside(write: () => void): void {
    write();
  }
}

/** One step as a line: `✓ namespace  0.4 s  (12 objects)`. */
export function stepLine({ label, depth, state, detail, started, ended }: StepState, ink: Ink, now: number): string {
  const mark = { running: "-", done: ink.green("✓"), failed: ink.red("✗") }[state];
  const time = ink.dim(secondsText((ended ?? now) - started));
  return `${"  ".repeat(depth)}${mark} ${label}  ${time}${detail === undefined ? "" : `  ${detail}`}`;
}
