import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { GROUPS } from "../../../ed8kctl/command.js";
import { CAUSES } from "../../../ed8kctl/diagnosis/problem.js";
import { COMMANDS } from "../../../ed8kctl/commands/index.js";
import { EXIT } from "../../../errors.js";

const text = readFileSync(join(import.meta.dirname, "../../../docs/commands.md"), "utf8");

describe("docs/commands.md", () => {
  it("has a section for every verb, in the order of the help", () => {
    const sections = [...text.matchAll(/^### (.*)$/gm)].map(([, name]) => name);
    const verbs = GROUPS.flatMap((group) => COMMANDS.filter((command) => command.group === group));
    assert.deepEqual(
      sections,
      verbs.map(({ name }) => name),
    );
  });

  it("tells every cause for which something does not run", () => {
    const [, table = ""] = /^\| cause .*\n((?:\|.*\n)+)/m.exec(text) ?? [];
    const causes = [...table.matchAll(/`([a-z-]+)`/g)].map(([, cause]) => cause);
    assert.deepEqual(causes.sort(), [...CAUSES].sort());
  });

  it("tells the exit codes", () => {
    const rows = [...text.matchAll(/^\| (\d+) +\| `(\w+)` +\|/gm)].map(([, code, name]) => [name, Number(code)]);
    assert.deepEqual(Object.fromEntries(rows), EXIT);
  });

  it("gives examples that are JSON", () => {
    const examples = [...text.matchAll(/```json\n([^]*?)```/g)].map(
      ([, example]) => JSON.parse(example ?? "") as unknown,
    );
    assert.equal(examples.length, 15);
  });
});
