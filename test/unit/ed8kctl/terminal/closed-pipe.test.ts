import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { PassThrough, Writable } from "node:stream";
import { createOutput } from "../../../../ed8kctl/terminal/create-output.js";
import { outliveReader } from "../../../../ed8kctl/terminal/closed-pipe.js";

const failure = (code: string): Error => Object.assign(new Error(`write ${code}`), { code });

describe("a stream that nobody reads any more", () => {
  it("ends nothing: neither a closed pipe nor a terminal that is gone is a fault", () => {
    const stream = new EventEmitter();
    outliveReader(stream);
    for (const code of ["EPIPE", "EIO", "EPIPE"]) stream.emit("error", failure(code));
    assert.throws(() => stream.emit("error", failure("ENOSPC")), { code: "ENOSPC" });
  });

  it("ends an answer that has no end, and no other", () => {
    const told: string[] = [];
    const stdout = outputTo(failure("EPIPE"), told);
    stdout.result({}, "an answer");
    stdout.progress("a line");
    assert.deepEqual(told, []);
    stdout.stream("a line of a log\n");
    assert.deepEqual(told, ["ended"]);
  });

  it("is not one that is written to, or fails otherwise", () => {
    const told: string[] = [];
    for (const error of [undefined, failure("ENOSPC")]) outputTo(error, told).stream("a line\n");
    assert.deepEqual(told, []);
  });

  /** An output whose writes fail so. */
  function outputTo(error: Error | undefined, told: string[]) {
    const sink = { write: (_: string, done?: (error?: Error | null) => void) => done?.(error) };
    return createOutput({
      format: "table",
      stdin: Object.assign(new PassThrough(), { isTTY: false }),
      stdout: sink,
      stderr: new Writable({ write: (_chunk, _encoding, done) => done() }),
      env: {},
      toYaml: String,
      signal: new AbortController().signal,
      endWithReader: () => told.push("ended"),
    });
  }
});
