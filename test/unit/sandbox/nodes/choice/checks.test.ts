import assert from "node:assert/strict";
import { chooseNodes, type HostFacts } from "../../../../../sandbox/nodes/choice/checks.js";

const FIT: HostFacts = {
  platform: "linux",
  isRoot: true,
  cgroups: { version: 1, missing: [] },
  missing: [],
  unfetchable: [],
};
const REAL = { real: true, simulated: 0 };
const SIMULATED = { real: false, simulated: 3 };

describe("the choice of nodes", () => {
  it("is a real one where every check passes", () => {
    const reason = "this is Linux, you are root, and every check has passed";
    assert.deepEqual(chooseNodes(undefined, FIT), { ...REAL, reason });
  });

  it("is what was asked for where that can be", () => {
    const both = { real: true, simulated: 2 };
    assert.deepEqual(chooseNodes(both, FIT), { ...both, reason: "--nodes asked for it" });
    const five = { real: false, simulated: 5 };
    assert.deepEqual(chooseNodes(five, { ...FIT, isRoot: false }), { ...five, reason: "--nodes asked for it" });
  });

  it("is simulated ones by default on cgroup v2; a real one when it is asked for", () => {
    const facts: HostFacts = { ...FIT, cgroups: { version: 2, missing: [] } };
    assert.deepEqual(chooseNodes(undefined, facts), {
      ...SIMULATED,
      reason: "no real node by default: real nodes have not been tried on cgroup v2; --nodes real tries it",
    });
    assert.deepEqual(chooseNodes(REAL, facts), {
      ...REAL,
      reason: "--nodes asked for it (real nodes have not been tried on cgroup v2)",
    });
  });

  for (const [change, obstacle] of [
    [{ platform: "darwin", isRoot: true }, "it needs Linux, and this is darwin"],
    [{ isRoot: false }, "it needs root, for namespaces, mounts and a network of its own"],
    [{ cgroups: { version: 0, missing: [] } }, "no control groups are mounted in /sys/fs/cgroup"],
    [{ cgroups: { version: 1, missing: ["pids"] } }, "the cgroup v1 controllers pids are not enabled"],
    [{ cgroups: { version: 2, missing: ["cpu", "cpuset"] } }, "the cgroup v2 controllers cpu, cpuset are not enabled"],
    [{ trial: "no namespaces can be made: unshare failed" }, "no namespaces can be made: unshare failed"],
    [{ missing: ["ip", "nsenter"] }, "not on PATH: ip, nsenter"],
    [{ unfetchable: ["runc", "nft"] }, "not here, and no apt-get to fetch it with: runc, nft"],
    [{ hidden: "/run/x" }, "its programs would not see /run/x, in whose place the node has a folder of its own"],
  ] as const satisfies readonly (readonly [Partial<HostFacts>, string])[]) {
    it(`falls on simulated ones, and says why: ${obstacle}`, () => {
      const facts: HostFacts = { ...FIT, ...change };
      assert.deepEqual(chooseNodes(undefined, facts), { ...SIMULATED, reason: `no real node: ${obstacle}` });
    });

    it(`refuses a real one, and says why: ${obstacle}`, () => {
      assert.throws(() => chooseNodes(REAL, { ...FIT, ...change }), {
        name: "UserError",
        message: `this machine cannot have a real node: ${obstacle}`,
        hint: "ed8kctl sandbox up --nodes simulated works everywhere; its pods run no process",
      });
    });
  }
});
