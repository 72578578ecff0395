import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { outliveFaults } from "../../../../sandbox/supervision/faults.js";

describe("errors that nobody took", () => {
  for (const name of ["uncaughtException", "unhandledRejection"]) {
    it(`are written down with where they came from, and end nothing: ${name}`, () => {
      const lines: string[] = [];
      const process = new EventEmitter();
      outliveFaults(process, (line) => lines.push(line));
      process.emit(name, new TypeError("no such thing"));
      process.emit(name, "words");
      assert.match(
        lines[0] ?? "",
        /^a mistake of ED8K, please report it: TypeError: no such thing\n\s+at .*faults\.test\.ts/,
      );
      assert.equal(lines[1], "a mistake of ED8K, please report it: words");
    });
  }
});
