import assert from "node:assert/strict";
import { type ComponentStatus, findFault, type SandboxStatus } from "../../../sandbox/status.js";

const ETCD: ComponentStatus = {
  name: "etcd",
  state: "running",
  since: "2026-11-24T10:00:00.000Z",
  pid: 8,
  restarts: 0,
};
const WELL: SandboxStatus = {
  folder: "/s",
  basePort: 16440,
  phase: "ready",
  supervisor: { pid: 7, alive: true },
  nodes: { counts: { simulated: 3 }, reason: "so", ready: 3, limits: [] },
  plugins: [],
  components: [ETCD],
};

describe("what is wrong with a sandbox", () => {
  const gone = { pid: 7, alive: false };
  const killed = { at: "2026-11-24T10:00:00.000Z", reason: "killed by SIGKILL" };
  for (const [what, change, sentence] of [
    ["nothing", {}, undefined],
    ["the start", { phase: "failed", supervisor: gone }, "the sandbox did not start: etcd does not start: no reason"],
    [
      "the supervisor",
      { supervisor: gone },
      "the supervisor (process 7) was killed, so nothing is started again that ends",
    ],
    [
      "a stop that was not finished",
      { phase: "stopping", supervisor: gone },
      "the sandbox was stopped and not removed",
    ],
    ["a stop", { phase: "stopping" }, "the sandbox is being stopped"],
    [
      "that it starts",
      { phase: "starting", components: [{ ...ETCD, state: "starting" }] },
      "the sandbox is still starting: etcd",
    ],
    [
      "a component that was killed",
      { components: [{ ...ETCD, state: "waiting", restarts: 2, lastExit: killed }] },
      "etcd is down: killed by SIGKILL; the supervisor starts it again (2 restarts so far)",
    ],
    [
      "a component that ended just now",
      { components: [{ ...ETCD, state: "gone" }] },
      "etcd is down; the supervisor starts it again",
    ],
    [
      "a component that hangs",
      { components: [{ ...ETCD, state: "silent" }] },
      "etcd (process 8) runs, but does not answer that it is well",
    ],
    ["the nodes", { nodes: { ...WELL.nodes, ready: 1 } }, "2 of 3 nodes are not ready"],
  ] as const satisfies readonly (readonly [string, Partial<SandboxStatus>, string | undefined])[]) {
    it(`is told in one sentence: ${what}`, () => {
      assert.equal(findFault({ ...WELL, ...change }, "etcd does not start: no reason"), sentence);
    });
  }
});
