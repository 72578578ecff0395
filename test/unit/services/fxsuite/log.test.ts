import assert from "node:assert/strict";
import { createLog, errorText } from "../../../../services/fxsuite/src/log.js";

describe("the log of FXSuite", () => {
  it("has a line of JSON for each event that is important enough", () => {
    const lines: string[] = [];
    const log = createLog(
      "info",
      (line) => lines.push(line),
      () => new Date("2026-11-24T09:00:00Z"),
    );
    log("debug", "request");
    log("info", "deal booked", { id: "d1" });
    log("error", "request failed", { path: "/deals", error: 'a "quoted"\ntext' });
    assert.deepEqual(lines, [
      '{"time":"2026-11-24T09:00:00.000Z","level":"info","event":"deal booked","id":"d1"}\n',
      '{"time":"2026-11-24T09:00:00.000Z","level":"error","event":"request failed","path":"/deals","error":"a \\"quoted\\"\\ntext"}\n',
    ]);
  });

  it("tells an error without text by its code", () => {
    assert.equal(errorText(new Error("gone")), "gone");
    assert.equal(errorText(Object.assign(new AggregateError([]), { code: "ECONNREFUSED" })), "ECONNREFUSED");
    assert.equal(errorText("text"), "text");
  });
});
