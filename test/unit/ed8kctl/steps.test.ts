import assert from "node:assert/strict";
import { inStep, type StepState, StepTree } from "../../../ed8kctl/steps.js";

/** Writes down what a view is told; each look at the clock is a second later. */
function recorder() {
  const changed: string[] = [];
  const ended: string[][] = [];
  let time = 0;
  const text = ({ depth, label, state, detail }: StepState): string =>
    `${depth} ${label} ${state}${detail === undefined ? "" : ` ${detail}`}`;
  return {
    changed,
    ended,
    view: {
      changed: (state: StepState) => void changed.push(text(state)),
      ended: (states: readonly StepState[]) => void ended.push(states.map(text)),
      now: () => (time += 1000),
    },
  };
}

describe("steps", () => {
  it("tell of every beginning and end, and of the whole tree when the first ends", () => {
    const { view, changed, ended } = recorder();
    const root = new StepTree("alice", view);
    const child = root.step("bos");
    child.done("12 objects");
    root.done();
    assert.deepEqual(changed, ["0 alice running", "1 bos running", "1 bos done 12 objects", "0 alice done"]);
    assert.deepEqual(ended, [["0 alice done", "1 bos done 12 objects"]]);
  });

  it("end with the step that they are in, and only once", () => {
    const { view, changed } = recorder();
    const root = new StepTree("alice", view);
    const child = root.step("bos");
    root.failed("no room");
    child.done();
    root.done();
    assert.deepEqual(changed, ["0 alice running", "1 bos running", "1 bos failed", "0 alice failed no room"]);
  });

  it("know how long they took", () => {
    const { view } = recorder();
    const root = new StepTree("alice", view);
    root.done();
    assert.deepEqual(root.states, [
      { label: "alice", depth: 0, state: "done", detail: undefined, started: 1000, ended: 2000 },
    ]);
  });

  it("are done or failed as the work is", async () => {
    const { view, changed } = recorder();
    assert.equal(await inStep(new StepTree("a", view), () => Promise.resolve(7)), 7);
    await assert.rejects(
      inStep(new StepTree("b", view), () => Promise.reject(new Error("no"))),
      { message: "no" },
    );
    assert.deepEqual(changed, ["0 a running", "0 a done", "0 b running", "0 b failed"]);
  });
});
