import assert from "node:assert/strict";
import { createPauses } from "../../../../services/fxsuite/src/pauses.js";

/** Longer than any test waits. */
const LONG = 60_000;

describe("pauses", () => {
  it("end with their time", async () => {
    const begun = performance.now();
    await createPauses().pause(20);
    assert.ok(performance.now() - begun >= 19);
  });

  it("end when stopped, those that begin later too", async () => {
    const pauses = createPauses();
    const pause = pauses.pause(LONG);
    pauses.stop();
    await pause;
    await pauses.pause(LONG);
    assert.equal(pauses.stopped, true);
  });

  it("end when woken if they are wakeable", async () => {
    const pauses = createPauses();
    const pause = pauses.pause(LONG, { wakeable: true });
    pauses.wake();
    await pause;
  });

  it("keep a wake for the next wakeable pause, and for that one only", async () => {
    const pauses = createPauses();
    pauses.wake();
    await pauses.pause(5);
    await pauses.pause(LONG, { wakeable: true });
    let ended = false;
    const pause = pauses.pause(LONG, { wakeable: true }).then(() => (ended = true));
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(ended, false);
    pauses.stop();
    await pause;
  });
});
