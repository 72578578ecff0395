import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Exit, exitReason } from "../../../../sandbox/supervision/exit-reason.js";
import { cleanUp, scratchFolder } from "../scratch.js";

const FREE = 1024 ** 3;

function ended(code: number): Pick<Exit, "code" | "signal"> {
  return { code, signal: null };
}

describe("why a component ended", () => {
  afterEach(cleanUp);

  function reason(text: string, exit: Pick<Exit, "code" | "signal">, free = FREE): string {
    const folder = scratchFolder();
    const log = join(folder, "part.log");
    if (text !== "") writeFileSync(log, text);
    return exitReason({ ...exit, log }, free).replace(folder, "FOLDER");
  }

  it("is the signal that killed it", () => {
    assert.equal(reason("E1124 an older error\n", { code: null, signal: "SIGKILL" }), "killed by SIGKILL");
  });

  it("is the signal also where unshare ends in another way than its child", () => {
    const log = "the node is ready for its programs\nunshare: sigprocmask unblock failed: Invalid argument\n";
    assert.equal(reason(log, ended(1)), "killed by SIGKILL");
  });

  it("is a full disk, told by the disk or by its log", () => {
    assert.equal(reason("bye\n", ended(1), 1024), "the disk of FOLDER is full");
    const panic =
      '{"level":"panic","msg":"failed to save","error":"write d/wal: no space left on device"}\ngoroutine 1\n';
    assert.equal(reason(panic, ended(2)), "the disk of FOLDER is full");
  });

  it("is its last line of error, not what comes after", () => {
    const log = 'I1124 starting\nE1124 10:00:00.1 run.go:72] "command failed" err="no key"\n\nUsage: …\n';
    assert.equal(
      reason(log, ended(1)),
      'ended with exit code 1: E1124 10:00:00.1 run.go:72] "command failed" err="no key"',
    );
  });

  it("is its last line when none is an error, and told when it said nothing", () => {
    assert.equal(reason("one\ntwo\n", ended(0)), "ended with exit code 0: two");
    assert.equal(reason("", ended(1)), "ended with exit code 1: it said nothing");
  });
});
