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
  it("lets a verb end in good order, by SIGINT and by SIGTERM", async () => {
    assert.deepEqual(await run({ begun: "SIGINT" }), { code: 0, lines: ["begun", "ending", "ended"] });
    assert.deepEqual(await run({ begun: "SIGTERM" }), { code: 0, lines: ["begun", "ending", "ended"] });
  });

  it("ends at once the second time", async () => {
    assert.deepEqual(await run({ begun: "SIGINT", ending: "SIGINT" }), { code: 130, lines: ["begun", "ending"] });
  });
});
