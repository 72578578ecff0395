import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import type { Format } from "../../../../ed8kctl/cli/common-options.js";
import { createOutput } from "../../../../ed8kctl/terminal/create-output.js";

interface Setting {
  readonly format?: Format;
  readonly isTTY?: boolean;
  readonly env?: NodeJS.ProcessEnv;
}

function outputFor({ format = "table", isTTY = false, env = {} }: Setting = {}) {
  const written: Record<"stdout" | "stderr", string> = { stdout: "", stderr: "" };
  const sink = (name: "stdout" | "stderr") =>
    Object.assign(new PassThrough(), { isTTY, rows: 5, columns: 60 }).on("data", (chunk: Buffer) => {
      written[name] += chunk.toString("utf8");
    });
  const stdin = Object.assign(new PassThrough(), { isTTY });
  const out = createOutput({
    format,
    stdin,
    stdout: sink("stdout"),
    stderr: sink("stderr"),
    env,
    toYaml: (data) => `yaml of ${JSON.stringify(data)}\n`,
    signal: new AbortController().signal,
    endWithReader: () => {
      throw new Error("somebody reads");
    },
  });
  return { out, stdin, written };
}

describe("output", () => {
  it("prints text for people, data for machines, and nothing else on stdout", () => {
    for (const [format, expected] of [
      ["table", "alice\n"],
      ["json", '{\n  "name": "alice"\n}\n'],
      ["yaml", 'yaml of {"name":"alice"}\n'],
    ] as const) {
      const { out, written } = outputFor({ format });
      out.progress("looking");
      out.warn("careful");
      out.result({ name: "alice" }, "alice");
      assert.deepEqual(written, { stdout: expected, stderr: "looking\nwarning: careful\n" });
      assert.equal(out.json, format !== "table");
    }
  });

  it("writes steps as plain lines where there is no terminal", () => {
    const { out, written } = outputFor();
    const root = out.step("alice");
    root.step("bos").done("12 objects");
    root.failed();
    assert.match(written.stderr, /^alice \.\.\.\n {2}✓ bos {2}\d\.\d s {2}12 objects\n✗ alice {2}\d\.\d s\n$/);
    assert.equal(written.stdout, "");
  });

  it("draws steps anew below everything else on a terminal, and leaves them as they ended", () => {
    const { out, written } = outputFor({ isTTY: true, env: { NO_COLOR: "1" } });
    const root = out.step("alice");
    out.progress("a line between");
    root.done();
    const [first = "", ...rest] = written.stderr.split("\u001b[1A\r\u001b[J");
    assert.match(first, /^- alice {2}0\.0 s\n$/);
    assert.deepEqual(
      rest.map((part) => part.replace(/\d\.\d s/g, "N s")),
      ["a line between\n- alice  N s\n", "✓ alice  N s\n"],
    );
  });

  it("keeps steps that do not fit on the screen from scrolling: what goes on comes first", () => {
    const { out, written } = outputFor({ isTTY: true, env: { NO_COLOR: "1" } });
    const root = out.step("alice");
    for (const name of ["a", "b", "c", "d"]) root.step(name).done();
    root.step("e");
    out.progress("now");
    const last = written.stderr.slice(written.stderr.lastIndexOf("now\n") + 4);
    assert.deepEqual(
      last.split("\n").map((line) => line.replace(/ {2}\d.*/, "")),
      ["- alice", "  - e", ""],
    );
    root.done();
  });

  it("has no colour without a terminal, with NO_COLOR and on a dumb one", () => {
    const warned = (setting: Setting): string => {
      const { out, written } = outputFor(setting);
      out.warn("careful");
      return written.stderr;
    };
    assert.equal(warned({ isTTY: true }), "\u001b[33mwarning:\u001b[39m careful\n");
    for (const setting of [{}, { isTTY: true, env: { NO_COLOR: "1" } }, { isTTY: true, env: { TERM: "dumb" } }]) {
      assert.equal(warned(setting), "warning: careful\n");
    }
  });

  it("asks on a terminal and takes only yes for yes", async () => {
    for (const [answer, expected] of [
      ["y", true],
      ["Yes", true],
      ["", false],
      ["no", false],
      ["yeah", false],
    ] as const) {
      const { out, stdin, written } = outputFor({ isTTY: true });
      const asked = out.confirm("Remove alice?");
      stdin.write(`${answer}\n`);
      assert.equal(await asked, expected);
      assert.match(written.stderr, /Remove alice\? \[y\/N\] /);
    }
  });

  it("takes an end of the input for no", async () => {
    const { out, stdin } = outputFor({ isTTY: true });
    const asked = out.confirm("Remove alice?");
    stdin.end();
    assert.equal(await asked, false);
  });

  it("asks for words, which may be none", async () => {
    for (const words of ["dev", ""]) {
      const { out, stdin, written } = outputFor({ isTTY: true });
      const asked = out.ask("Write dev to go on:");
      stdin.write(` ${words} \n`);
      assert.equal(await asked, words);
      assert.match(written.stderr, /Write dev to go on: /);
      assert.doesNotMatch(written.stderr, /y\/N/);
    }
    await assert.rejects(outputFor().out.ask("Write dev to go on:"), {
      message: '"Write dev to go on:" needs an answer, and there is no terminal to ask on',
      exit: "usage",
    });
  });

  it("asks nobody where there is no terminal", async () => {
    await assert.rejects(outputFor().out.confirm("Remove alice?"), {
      message: '"Remove alice?" needs an answer, and there is no terminal to ask on',
      hint: "say yes beforehand with --yes",
      exit: "usage",
    });
  });
});
