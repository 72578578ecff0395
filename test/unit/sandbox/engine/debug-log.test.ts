import assert from "node:assert/strict";
import { lstatSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { keepOutDebugLogs } from "../../../../sandbox/engine/debug-log.js";
import { cleanUp, scratchFolder } from "../scratch.js";

describe("the engine's debug log", () => {
  let pulumiHome: string;
  let logs: string;
  beforeEach(() => {
    pulumiHome = scratchFolder();
    logs = join(pulumiHome, "logs");
  });
  afterEach(cleanUp);

  it("has no folder: a file that says why stands in its place", () => {
    keepOutDebugLogs({ pulumiHome });
    assert.equal(lstatSync(logs).isFile(), true);
    assert.match(readFileSync(logs, "utf8"), /^This file keeps Pulumi's engine from writing a debug log of each run /);
  });

  it("loses the folder that an older sandbox let the engine make", () => {
    mkdirSync(join(logs, "old"), { recursive: true });
    writeFileSync(join(logs, "old", "run.log"), "x");
    keepOutDebugLogs({ pulumiHome });
    assert.equal(lstatSync(logs).isFile(), true);
  });

  it("leaves a file that stands there", () => {
    writeFileSync(logs, "theirs");
    keepOutDebugLogs({ pulumiHome });
    assert.equal(readFileSync(logs, "utf8"), "theirs");
  });
});
