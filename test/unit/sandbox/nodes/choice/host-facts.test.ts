import assert from "node:assert/strict";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { missingPrograms, readCgroups, readHostFacts } from "../../../../../sandbox/nodes/choice/host-facts.js";
import { cleanUp, program, scratchFolder } from "../../scratch.js";

const ALL = ["cpu", "cpuacct", "cpuset", "memory", "pids", "devices", "freezer"];

describe("what is found out about a machine", () => {
  let root: string;
  beforeEach(() => {
    root = scratchFolder();
  });
  afterEach(cleanUp);

  function hierarchies(names: readonly string[]): void {
    for (const name of names) {
      mkdirSync(join(root, name));
      writeFileSync(join(root, name, "cgroup.procs"), "");
    }
  }

  it("cgroup v1, with the controllers that are missing", () => {
    hierarchies(ALL);
    assert.deepEqual(readCgroups(root), { version: 1, missing: [] });
  });

  it("cgroup v1 without some controllers", () => {
    hierarchies(["cpu", "cpuacct", "memory", "devices", "freezer"]);
    assert.deepEqual(readCgroups(root), { version: 1, missing: ["cpuset", "pids"] });
  });

  it("cgroup v2, with what is enabled for others", () => {
    writeFileSync(join(root, "cgroup.subtree_control"), "cpuset cpu io memory pids\n");
    assert.deepEqual(readCgroups(root), { version: 2, missing: [] });
    writeFileSync(join(root, "cgroup.subtree_control"), "\n");
    assert.deepEqual(readCgroups(root), { version: 2, missing: ["cpu", "cpuset", "memory", "pids"] });
  });

  it("no cgroups, or only systemd's own", () => {
    assert.deepEqual(readCgroups(join(root, "none")), { version: 0, missing: [] });
    hierarchies(["systemd", "unified"]);
    assert.deepEqual(readCgroups(root), { version: 0, missing: [] });
  });

  it("which programs are not there; those that apt can fetch do not count where it is", () => {
    for (const name of ["bash", "ip", "mount", "nsenter", "setpriv", "unshare", "runc"]) program(join(root, name), "");
    assert.deepEqual(missingPrograms(root), ["containerd", "ctr", "nft"]);
    program(join(root, "apt-get"), "");
    assert.deepEqual(missingPrograms(root), []);
    assert.deepEqual(missingPrograms(join(root, "none")), [
      ...["bash", "ip", "mount", "nsenter", "setpriv", "unshare"],
      ...["containerd", "ctr", "nft", "runc"],
    ]);
  });

  it("and leaves nothing behind", async () => {
    const { platform } = await readHostFacts(join(root, "sandbox.trial"));
    assert.equal(platform, process.platform);
    assert.deepEqual(readdirSync(root), []);
  });
});
