import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createCgroups, hasCgroups, removeCgroups } from "../../../../../../sandbox/nodes/real/host/cgroups.js";
import { cleanUp, scratchFolder } from "../../../scratch.js";

/** In a folder of files: the kernel's own would fill a new group by themselves, and let it be removed with them. */
describe("the control groups of a real node", () => {
  let root: string;
  beforeEach(() => {
    root = scratchFolder();
  });
  afterEach(cleanUp);

  function hierarchy(name: string, files: Readonly<Record<string, string>> = {}): void {
    mkdirSync(join(root, name), { recursive: true });
    for (const [file, text] of Object.entries({ "cgroup.procs": "", ...files }))
      writeFileSync(join(root, name, file), text);
  }

  it("are made in every hierarchy of version 1, with processors and memory", () => {
    hierarchy("cpu,cpuacct");
    symlinkSync("cpu,cpuacct", join(root, "cpu"));
    hierarchy("cpuset", { "cpuset.cpus": "0-1\n", "cpuset.mems": "0\n" });
    hierarchy("unified", { "cgroup.controllers": "" });
    mkdirSync(join(root, "no-hierarchy"));
    createCgroups("ed8k1", root);
    const made = readdirSync(root).filter((name) => existsSync(join(root, name, "ed8k1")));
    assert.deepEqual(made.sort(), ["cpu", "cpu,cpuacct", "cpuset"]);
    assert.equal(readFileSync(join(root, "cpuset", "ed8k1", "cpuset.cpus"), "utf8"), "0-1\n");
    assert.equal(readFileSync(join(root, "cpuset", "ed8k1", "cpuset.mems"), "utf8"), "0\n");
    createCgroups("ed8k1", root);
  });

  it("are one in version 2", () => {
    hierarchy(".", { "cgroup.controllers": "cpu memory" });
    mkdirSync(join(root, "ed8k1"));
    writeFileSync(join(root, "ed8k1", "cgroup.subtree_control"), "");
    createCgroups("ed8k1", root);
    assert.equal(readFileSync(join(root, "ed8k1", "cgroup.subtree_control"), "utf8"), "+cpu +cpuset +memory +pids");
  });

  it("are removed with all below, also those that runc has made in the hierarchy of version 2", async () => {
    hierarchy("cpu");
    hierarchy("unified", { "cgroup.controllers": "" });
    mkdirSync(join(root, "cpu", "ed8k1", "kubepods", "pod1"), { recursive: true });
    mkdirSync(join(root, "cpu", "ed8k2"));
    mkdirSync(join(root, "unified", "ed8k1"));
    assert.deepEqual([hasCgroups("ed8k1", root), hasCgroups("ed8k3", root)], [true, false]);
    await removeCgroups("ed8k1", root);
    assert.deepEqual(readdirSync(join(root, "cpu")).sort(), ["cgroup.procs", "ed8k2"]);
    assert.deepEqual(readdirSync(join(root, "unified")).sort(), ["cgroup.controllers", "cgroup.procs"]);
    assert.equal(hasCgroups("ed8k1", root), false);
    await removeCgroups("ed8k1", root);
    await removeCgroups("ed8k1", join(root, "none"));
  });
});
