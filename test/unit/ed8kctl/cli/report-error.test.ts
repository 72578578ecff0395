import assert from "node:assert/strict";
import { ExitStatus } from "../../../../ed8kctl/exit-status.js";
import { describeError, exitCode } from "../../../../ed8kctl/cli/report-error.js";
import { EXIT, UserError } from "../../../../errors.js";
import { KubeError } from "../../../../kube/errors.js";

describe("telling an error", () => {
  it("tells a user's error with its hint and exit", () => {
    const error = new UserError("no such thing", { hint: "make it", exit: "notFound" });
    assert.deepEqual(describeError(error), { message: "no such thing", hint: "make it", exit: "notFound" });
    assert.equal(exitCode(error), 3);
  });

  it("tells a refusal of the API server, with what to do", () => {
    const error = new KubeError(403, { message: "secrets is forbidden", reason: "Forbidden" });
    assert.deepEqual(describeError(error), {
      message: "the API server refused: secrets is forbidden",
      hint: "only the owner, collaborators and the platform team may do that; ed8kctl doctor tells what you may do",
      exit: "failed",
    });
    assert.equal(exitCode(error), 1);
  });

  it("ends with the code that it tells, whatever the error is", () => {
    const missing = new KubeError(404, { message: 'pods "web" not found', reason: "NotFound" });
    assert.deepEqual([describeError(missing).exit, exitCode(missing)], ["notFound", 3]);
    const busy = new UserError("alice is busy", { exit: "busy" });
    for (const error of [missing, busy, new Error("x"), "text"]) {
      for (const interrupted of [false, true]) {
        assert.equal(exitCode(error, interrupted), EXIT[describeError(error, interrupted).exit]);
      }
    }
    assert.deepEqual([exitCode(busy), exitCode(busy, true), exitCode("text")], [4, 130, 1]);
  });

  it("tells the first line of what nobody expected, and how to learn more", () => {
    assert.deepEqual(describeError(new TypeError("x is undefined\nat y")), {
      message: "unexpected: x is undefined",
      hint: "this is a fault of ed8kctl; ED8K_DEBUG=1 shows where it comes from",
      exit: "failed",
    });
    assert.deepEqual(describeError("text").message, "unexpected: text");
  });

  it("knows a full disk", () => {
    const error = Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
    assert.deepEqual(describeError(error), {
      message: "the disk is full: ENOSPC: no space left on device, write",
      hint: "free some space and run the command again",
      exit: "failed",
    });
  });

  it("calls everything an interruption after Ctrl-C, and keeps what the verb says of its state", () => {
    assert.deepEqual(describeError(new Error("This operation was aborted"), true), {
      message: "interrupted",
      exit: "interrupted",
    });
    assert.deepEqual(describeError(new UserError("interrupted: half of it is made"), true), {
      message: "interrupted: half of it is made",
      exit: "interrupted",
    });
  });

  it("hands on the exit code of a program that was run for somebody", () => {
    assert.deepEqual([exitCode(new ExitStatus(42)), exitCode(new ExitStatus(42), true)], [42, 42]);
  });
});
