import type { StepState, StepTree, StepView } from "../steps.js";
import type { Ink } from "./ink.js";
import { stepLine } from "./step-lines.js";

/** What is written to: a terminal, a pipe or a file. */
export interface Sink {
  /** @param done told when it is written, or with the error that kept it from being so */
  write(text: string, done?: (error?: Error | null) => void): unknown;
  readonly isTTY?: boolean;
  readonly rows?: number;
  readonly columns?: number;
}

const REDRAW_MS = 100;
/** Up by lines, then clear to the end of the screen. https://en.wikipedia.org/wiki/ANSI_escape_code#CSIsection */
const upAndClear = (lines: number): string => `\u001b[${lines}A\r\u001b[J`;

/** Steps on a terminal: those that go on are redrawn below everything else, and stay as they were when they end. */
export class StepScreen implements StepView {
  readonly now = Date.now;
  #trees: readonly StepTree[] = [];
  #drawn = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly sink: Sink,
    private readonly ink: Ink,
  ) {}

  show(tree: StepTree): void {
    this.#trees = [...this.#trees, tree];
    this.#timer ??= setInterval(() => this.#redraw(), REDRAW_MS).unref();
    this.#redraw();
  }

  changed(): void {
    // Drawn at the next tick: a thousand changes in one are one drawing.
  }

  ended(states: readonly StepState[]): void {
    this.#trees = this.#trees.filter((tree) => tree.states[0]?.state === "running");
    this.aside(() => this.sink.write(this.#text(states)));
    if (this.#trees.length > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Writes something that is no step, above those that go on. */
  aside(write: () => void): void {
    this.#clear();
    write();
    this.#redraw();
  }

  #redraw(): void {
    this.#clear();
    const states = this.#trees.flatMap((tree) => tree.states);
    const shown = fitting(states, (this.sink.rows ?? 24) - 1);
    if (shown.length === 0) return;
    this.sink.write(this.#text(shown));
    this.#drawn = shown.length;
  }

  #clear(): void {
    if (this.#drawn > 0) this.sink.write(upAndClear(this.#drawn));
    this.#drawn = 0;
  }

  #text(states: readonly StepState[]): string {
    const now = this.now();
    const columns = this.sink.columns ?? 80;
    return states.map((state) => `${stepLine(shortened(state, columns), this.ink, now)}\n`).join("");
  }
}

/** A line that wraps would be counted as one and cleared as one. */
const REST_OF_LINE = 24;

function shortened(state: StepState, columns: number): StepState {
  const room = Math.max(10, columns - REST_OF_LINE - 2 * state.depth);
  const label = state.label.length > room ? `${state.label.slice(0, room - 1)}…` : state.label;
  const left = room - label.length;
  const { detail = "" } = state;
  return { ...state, label, detail: detail === "" || left < 4 ? undefined : detail.slice(0, left + 8) };
}

/** What goes on and what failed comes first where not all fits on the screen. */
function fitting(states: readonly StepState[], rows: number): readonly StepState[] {
  if (states.length <= rows) return states;
  const telling = states.filter(({ state }) => state !== "done");
  return telling.slice(0, rows);
}
