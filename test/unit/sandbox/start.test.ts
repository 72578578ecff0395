import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { identifyProcess } from "../../../sandbox/machine/processes.js";
import { sandboxPaths, type SandboxPaths } from "../../../sandbox/paths.js";
import { writeSettings } from "../../../sandbox/records/settings.js";
import { writeState } from "../../../sandbox/records/state.js";
import { startSandbox } from "../../../sandbox/start.js";
import { cleanUp, scratchFolder, setEnv } from "./scratch.js";

describe("what is asked of a sandbox that is there", () => {
  const nodes = { real: false, simulated: 3, reason: "so" };
  let paths: SandboxPaths;
  beforeEach(() => {
    const folder = join(scratchFolder(), "sandbox");
    paths = sandboxPaths(folder);
    mkdirSync(folder);
    writeFileSync(paths.marker, "");
    const names = ["etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kwok"] as const;
    const tools = Object.fromEntries(names.map((name) => [name, `/t/${name}`])) as Record<
      (typeof names)[number],
      string
    >;
    writeSettings(paths, { basePort: 28630, nodes, tools });
    setEnv({ ED8K_SANDBOX: folder, ED8K_SANDBOX_PORT: "28630" });
  });
  afterEach(cleanUp);

  const refused = (asked: { readonly real: boolean; readonly simulated: number }, message: string): Promise<void> =>
    assert.rejects(startSandbox({ report: () => undefined, nodes: asked }), {
      name: "UserError",
      exit: "usage",
      message,
    });

  function isSupervisedByThisProcess(): void {
    const supervisor = identifyProcess(process.pid);
    if (supervisor === undefined) throw new Error("this process is not there");
    const state = { counts: { simulated: 3 }, reason: "so", ready: 3, limits: [] };
    writeState(paths, { supervisor, phase: "ready", nodes: state, components: [], steps: [] });
  }

  it("is refused where it does not fit what it was made with, also while it does not run", async () => {
    await refused({ real: true, simulated: 0 }, "the sandbox was made with 3 simulated nodes, not 1 real node");
    await refused(
      { real: true, simulated: 3 },
      "the sandbox was made with 3 simulated nodes, not 1 real and 3 simulated nodes",
    );
  });

  it("is refused where it asks for AWS, which cannot be added", async () => {
    const asked = (): Promise<void> => startSandbox({ report: () => undefined, aws: true });
    const expected = {
      name: "UserError",
      exit: "usage",
      hint: "ed8kctl sandbox down removes it, then it can be made anew",
    };
    await assert.rejects(asked(), { ...expected, message: "the sandbox was made without AWS, not with it" });
    isSupervisedByThisProcess();
    await assert.rejects(asked(), { ...expected, message: "the sandbox runs without AWS, not with it" });
  });

  it("is refused where it does not fit what runs", async () => {
    isSupervisedByThisProcess();
    await refused({ real: true, simulated: 0 }, "the sandbox runs with 3 simulated nodes, not 1 real node");
    await refused({ real: false, simulated: 5 }, "the sandbox runs with 3 simulated nodes, not 5 simulated nodes");
    setEnv({ ED8K_SANDBOX_PORT: "28640" });
    await refused({ real: false, simulated: 3 }, "the sandbox runs on ports from 28630, not 28640");
  });
});
