import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { missingNodePrograms, resolveNodePrograms } from "../../../../sandbox/tools/node-programs.js";
import { putFile } from "../../../../sandbox/images/tree.js";
import { fakeApt } from "../debian/fake-apt.js";
import { cleanUp, errorOf, program, scratchFolder, setEnv } from "../scratch.js";

const NAMES = ["containerd-shim-runc-v2", "ctr", "runc", "nft"];
const SIMULATED = ["containerd", "libc6", "libseccomp2"].map((name) => `Inst ${name} (1 Debian:12 [amd64])\n`).join("");

describe("the programs of a real node", () => {
  let bin: string;
  let cni: string;
  let cache: string;
  const lines: string[] = [];
  const work = { report: (line: string): number => lines.push(line) };

  beforeEach(() => {
    lines.length = 0;
    const folder = scratchFolder();
    [bin, cni, cache] = [join(folder, "bin"), join(folder, "cni"), join(folder, "cache")];
    setEnv({ PATH: bin, ED8K_CACHE: cache, ED8K_SANDBOX: join(folder, "sandbox") });
    for (const name of NAMES) program(join(bin, name), "");
    program(join(bin, "containerd"), "echo containerd github.com/containerd/containerd 1.7.2 abc");
    for (const plugin of ["ptp", "host-local", "loopback"]) program(join(cni, plugin), "");
  });
  afterEach(cleanUp);

  it("are the machine's own where it has them all", async () => {
    assert.deepEqual(await resolveNodePrograms(work, ["/nowhere", cni]), {
      containerd: join(bin, "containerd"),
      ctr: join(bin, "ctr"),
      path: "",
      cni,
    });
    assert.equal(existsSync(cache), false);
    assert.deepEqual(await missingNodePrograms(["/nowhere", cni]), []);
  });

  it("are told by name where the machine has none", async () => {
    setEnv({ PATH: cni });
    assert.deepEqual(await missingNodePrograms(["/a", "/b"]), [
      ...["containerd 1.6 or later", "ctr", "containerd-shim-runc-v2", "runc", "nft"],
      "the CNI plugins host-local, loopback, ptp in /a or /b",
    ]);
  });

  for (const [what, lack, change] of [
    ["one is missing", "runc", (): void => rmSync(join(bin, "runc"))],
    ["a CNI plugin is missing", "the CNI plugins", (): void => rmSync(join(cni, "ptp"))],
    [
      "containerd is too old",
      "containerd 1.6 or later",
      (): void => void program(join(bin, "containerd"), "echo containerd github.com/containerd/containerd 1.5.9 abc"),
    ],
  ] as const) {
    it(`are not taken from the machine when ${what}`, async () => {
      change();
      const missing = await missingNodePrograms([cni]);
      assert.equal(missing.length, 1);
      assert.ok(missing[0]?.startsWith(lack));
      const error = await errorOf(() => resolveNodePrograms(work, [cni]));
      assert.equal(error.message, "apt-get is not on PATH: the sandbox's real nodes are made from Debian packages");
      assert.deepEqual(lines, ["containerd, runc, nft: unpacking Debian packages, once for this machine"]);
    });
  }

  if (process.platform === "linux") {
    it("are unpacked from Debian packages else, and run with their own libraries, but not with a C library", async () => {
      const content = join(cache, "..", "content");
      putFile(content, "usr/bin/containerd", { content: '#!/bin/sh\necho "$LD_LIBRARY_PATH $*"\n', mode: 0o755 });
      putFile(content, "usr/share/doc/x", { content: "" });
      putFile(content, "usr/lib/cni/ptp", { content: "" });
      const calls = fakeApt(bin, { simulate: SIMULATED });
      program(join(bin, "dpkg-deb"), `echo "$*" >> '${calls}'; exec tar -cf - -C '${content}' .`);
      setEnv({ PATH: `${bin}:/usr/bin:/bin` });
      const found = await resolveNodePrograms(work, []);
      const root = join(found.cni, "../../..");
      assert.deepEqual(found, {
        containerd: join(root, "bin.d/containerd"),
        ctr: join(root, "bin.d/ctr"),
        path: join(root, "bin.d"),
        cni: join(root, "usr/lib/cni"),
      });
      const said = execFileSync(found.containerd, ["--config", "a b"], { encoding: "utf8" });
      assert.match(said, new RegExp(`^${root}/usr/lib/\\S+-linux-gnu --config a b\n$`));
      assert.equal(existsSync(join(root, "usr/share/doc/x")), false);
      const unpacked = readFileSync(calls, "utf8")
        .split("\n")
        .filter((line) => line.startsWith("--fsys-tarfile"));
      assert.deepEqual(
        unpacked.map((line) => line.split("/").at(-1)),
        ["containerd_1_amd64.deb", "libseccomp2_1_amd64.deb"],
      );
      const before = readFileSync(calls, "utf8");
      assert.deepEqual(await resolveNodePrograms(work, []), found);
      assert.equal(readFileSync(calls, "utf8"), before);
    });
  }
});
