/** Something that takes a while, told while it goes on; it may have steps of its own. */
export interface Step {
  /** Begins a step within this one. */
  step(label: string): Step;
  /** @param detail told behind the label, such as `12 objects` */
  done(detail?: string): void;
  /** @param detail why, in a few words; the error itself is told by whoever catches it */
  failed(detail?: string): void;
}

/** Runs `work` as a step, which is done or failed as the work is. */
export async function inStep<T>(step: Step, work: () => Promise<T>): Promise<T> {
  try {
    const result = await work();
    step.done();
    return result;
  } catch (error) {
    step.failed();
    throw error;
  }
}

/** One step as it stands. */
export interface StepState {
  readonly label: string;
  readonly depth: number;
  readonly state: "running" | "done" | "failed";
  readonly detail: string | undefined;
  /** Milliseconds since 1970. */
  readonly started: number;
  readonly ended: number | undefined;
}

/** Where steps are shown. */
export interface StepView {
  /** A step began or ended. */
  changed(state: StepState): void;
  /** All steps of the tree of which one changed; called when its first step, the root, has ended. */
  ended(states: readonly StepState[]): void;
  readonly now: () => number;
}

/** Keeps the steps of one tree and tells the view of every change. What is running when the root ends, ends with it. */
export class StepTree implements Step {
  readonly #children: StepTree[] = [];
  #state: StepState;

  constructor(
    label: string,
    private readonly view: StepView,
    private readonly depth = 0,
  ) {
    this.#state = { label, depth, state: "running", detail: undefined, started: view.now(), ended: undefined };
    view.changed(this.#state);
  }

  /** The step and those within it, from the top down. */
  get states(): readonly StepState[] {
    return [this.#state, ...this.#children.flatMap((child) => child.states)];
  }

  step(label: string): Step {
    const child = new StepTree(label, this.view, this.depth + 1);
    this.#children.push(child);
    return child;
  }

  done(detail?: string): void {
    this.#end("done", detail);
  }

  failed(detail?: string): void {
    this.#end("failed", detail);
  }

  #end(state: "done" | "failed", detail: string | undefined): void {
    if (this.#state.state !== "running") return;
    for (const child of this.#children) child.#end(state, undefined);
    this.#state = { ...this.#state, state, detail, ended: this.view.now() };
    this.view.changed(this.#state);
    if (this.depth === 0) this.view.ended(this.states);
  }
}
