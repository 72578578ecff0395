import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { GROUPS } from "../../../ed8kctl/command.js";
import { CAUSES } from "../../../ed8kctl/diagnosis/problem.js";
import { statusText } from "../../../ed8kctl/commands/sandbox/status.js";
import { COMMANDS } from "../../../ed8kctl/commands/index.js";
import { EXIT } from "../../../errors.js";
import { nodesSchema } from "../../../sandbox/records/state.js";
import type { SandboxStatus } from "../../../sandbox/status.js";

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

  it("shows the status of a sandbox as it is", () => {
    const [, section = ""] = /^### sandbox status\n([^]*?)^### /m.exec(text) ?? [];
    const [, example = ""] = /```json\n([^]*?)```/.exec(section) ?? [];
    const status = JSON.parse(example) as SandboxStatus;
    assert.deepEqual(nodesSchema.parse(status.nodes), status.nodes);
    assert.equal(
      statusText(status, Date.parse("2026-11-24T10:00:00Z")),
      `sandbox  ready, in /work/.ed8k/sandbox
ports    127.0.0.1, from 16440 on (API server 16443)
nodes    1 real, 2 simulated; 3 of 3 ready (--nodes asked for it)
         Network policies are not enforced.
gateway  http://HOST:16448 for every host of an environment
plugins  kubernetes (stand-in)

COMPONENT   STATE    PID  SINCE  RESTARTS  MEMORY
supervisor  running  7                     62 MiB
etcd        running  8    1m     0`,
    );
  });

  it("gives examples that are JSON", () => {
    const examples = [...text.matchAll(/```json\n([^]*?)```/g)].map(
      ([, example]) => JSON.parse(example ?? "") as unknown,
    );
    assert.equal(examples.length, 20);
  });
});
