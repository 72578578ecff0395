import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

const PROGRAM = join(import.meta.dirname, "interrupt-process.ts");

/** Sends a signal each time the program has written a line that calls for one. */
async function run(signals: Readonly<Record<string, NodeJS.Signals>>) {
  const child = spawn(process.execPath, ["--import", "tsx", PROGRAM], { stdio: ["ignore", "pipe", "inherit"] });
  let written = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    written += text;
    for (const line of text.trim().split("\n")) if (signals[line] !== undefined) child.kill(signals[line]);
  });
  const [code] = (await once(child, "close")) as [number | null];
  return { code, lines: written.trim().split("\n") };
}

describe("interrupting", () => {
  it("lets a verb end in good order, by SIGINT, by SIGTERM and by SIGHUP", async () => {
    for (const begun of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      assert.deepEqual(await run({ begun }), { code: 0, lines: ["begun", "ending", "ended"] });
    }
  });

  it("ends at once the second time", async () => {
    assert.deepEqual(await run({ begun: "SIGINT", ending: "SIGINT" }), { code: 130, lines: ["begun", "ending"] });
  });

  it("does not end at once by a second SIGHUP, for a session that is closed sends two", async () => {
    const expected = { code: 0, lines: ["begun", "ending", "ended"] };
    assert.deepEqual(await run({ begun: "SIGHUP", ending: "SIGHUP" }), expected);
  });
});
