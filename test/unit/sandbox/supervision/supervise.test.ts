import assert from "node:assert/strict";
import { join } from "node:path";
import type { Nodes } from "../../../../sandbox/nodes/nodes.js";
import { sandboxPaths } from "../../../../sandbox/paths.js";
import { readState } from "../../../../sandbox/records/state.js";
import { Supervisor } from "../../../../sandbox/supervision/supervise.js";
import { cleanUp, scratchFolder } from "../scratch.js";

describe("the supervisor", () => {
  const { error } = console;
  const lines: unknown[] = [];
  beforeEach(() => {
    lines.length = 0;
    console.error = (line: unknown) => lines.push(line);
  });
  afterEach(() => {
    console.error = error;
    cleanUp();
  });

  it("tells why the sandbox did not start, also when it cannot clean up", async () => {
    const paths = sandboxPaths(scratchFolder());
    const tool = join(paths.folder, "none");
    const names = ["etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kwok"] as const;
    const tools = Object.fromEntries(names.map((name) => [name, tool])) as Record<(typeof names)[number], string>;
    const nodes: Nodes = {
      describe: () => ({ counts: { real: 1 }, limits: [] }),
      prepare: () => Promise.reject(new Error("the node does not start: no reason")),
      start: () => Promise.resolve(),
      health: () => Promise.resolve(0),
      stop: () => Promise.resolve(),
      cleanUp: () => Promise.reject(new Error("EBUSY: its cgroup is busy")),
    };
    const supervisor = new Supervisor({
      settings: { basePort: 28650, nodes: { real: true, simulated: 0, reason: "so" }, tools },
      paths,
      identity: { pid: 1, startTime: "1" },
      makeNodes: () => nodes,
    });
    await assert.rejects(supervisor.start(), { message: "the node does not start: no reason" });
    const state = readState(paths);
    assert.deepEqual([state?.phase, state?.failure], ["failed", "the node does not start: no reason"]);
    assert.equal(lines.length, 1);
    assert.match(String(lines[0]), /^\S+Z cannot clean up: EBUSY: its cgroup is busy$/);
  });
});
