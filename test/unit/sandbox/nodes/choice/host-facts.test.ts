import assert from "node:assert/strict";
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hiddenFolder, readCgroups, readHostFacts } from "../../../../../sandbox/nodes/choice/host-facts.js";
import { cleanUp, program, scratchFolder, setEnv } from "../../scratch.js";

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

  it("which programs are not there; those that apt can fetch do not count where it is", async () => {
    const paths = { folder: join(root, "sandbox") };
    for (const name of ["bash", "ip", "mount", "setpriv", "ctr", "runc"]) program(join(root, "bin", name), "");
    program(join(root, "bin", "containerd"), "echo containerd github.com/containerd/containerd 1.5.9 abc");
    setEnv({ PATH: join(root, "bin") });
    const { missing, unfetchable } = await readHostFacts(paths);
    assert.deepEqual(missing, ["nsenter", "unshare"]);
    assert.deepEqual(unfetchable.slice(0, 3), ["containerd 1.6 or later", "containerd-shim-runc-v2", "nft"]);
    program(join(root, "bin", "apt-get"), "");
    assert.deepEqual((await readHostFacts(paths)).unfetchable, []);
  });

  it("which folder the node would not see, also one that is not there yet, and by a link", () => {
    symlinkSync("/run", join(root, "link"));
    assert.equal(hiddenFolder([root, "/running/x", "/var/lib", "/var/logs"]), undefined);
    for (const folder of ["/run", "/run/none/x", "/var/log/x", "/var/lib/kubelet", join(root, "link", "none", "x")]) {
      assert.equal(hiddenFolder([root, folder]), folder);
    }
  });

  it("and leaves nothing behind", async () => {
    const { platform } = await readHostFacts({ folder: join(root, "sandbox") });
    assert.equal(platform, process.platform);
    assert.deepEqual(readdirSync(root), []);
  });
});
