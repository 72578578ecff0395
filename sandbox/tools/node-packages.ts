import { createHash } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { openApt } from "../debian/apt.js";
import { distribution } from "../debian/apt-error.js";
import { closureOf, downloadPackages } from "../debian/packages.js";
import { unpackPackages } from "../debian/unpack.js";
import { multiarch } from "../images/architecture.js";
import { putFile } from "../images/tree.js";
import { checkSpace } from "../machine/disk.js";
import { makeOnce, type Work } from "./cache.js";
import type { NodePrograms } from "./node-programs.js";

const PACKAGES = ["containerd", "runc", "nftables", "containernetworking-plugins"];
/** The machine's own C library must be the only one, and nothing here calls iptables. */
const LEFT_OUT = /^(?:libc6|libgcc-s1|gcc-\d+-base|iptables|netbase|libcrypt1)$/;
const DOCUMENTS = ["./usr/share/*", "./etc/*", "./lib/systemd/*", "./usr/lib/systemd/*"];

/** What is run, and where its package has it. */
const PROGRAMS = {
  containerd: "usr/bin/containerd",
  "containerd-shim-runc-v2": "usr/bin/containerd-shim-runc-v2",
  ctr: "usr/bin/ctr",
  runc: "usr/sbin/runc",
  nft: "usr/sbin/nft",
} as const;

/** All of it, packed and unpacked. */
const BYTES = 300 * 1024 ** 2;
const FOLDER = "programs";

/**
 * The programs from Debian packages in the cache; nothing is installed.
 * @throws UserError when the machine has no apt or lacks a package, sources cannot be reached, or the disk is full
 */
export async function packedNodePrograms(cache: string, work: Work): Promise<NodePrograms> {
  const folder = join(cache, "tools", `node-packages-${key()}`);
  const programs = join(folder, FOLDER);
  const make = async (parts: string): Promise<void> => {
    const begun = Date.now();
    work.report("containerd, runc, nft: unpacking Debian packages, once for this machine");
    checkSpace({ folder, bytes: BYTES, purpose: "to unpack containerd" });
    const apt = await openApt(join(parts, "apt"), work);
    const closure = await closureOf(apt, PACKAGES);
    const files = await downloadPackages(
      apt,
      closure.filter(({ name }) => !LEFT_OUT.test(name)),
    );
    const root = join(parts, FOLDER);
    mkdirSync(root);
    await unpackPackages(files, { folder: root, without: DOCUMENTS, signal: work.signal });
    for (const [name, path] of Object.entries(PROGRAMS)) {
      putFile(root, join("bin.d", name), { content: starter(programs, path), mode: 0o755 });
    }
    work.report(`containerd, runc, nft: unpacked in ${((Date.now() - begun) / 1000).toFixed(1)} s`);
  };
  await makeOnce({ folder, files: [FOLDER], doing: "unpacking containerd", make }, work);
  const path = join(programs, "bin.d");
  return {
    containerd: join(path, "containerd"),
    ctr: join(path, "ctr"),
    path,
    cni: join(programs, "usr/lib/cni"),
  };
}

/** Gives a program its libraries, and only it: other programs have those of the machine. */
function starter(root: string, path: string): string {
  const libraries = join(root, "usr/lib", multiarch());
  return `#!/bin/sh\nLD_LIBRARY_PATH='${libraries}' exec '${join(root, path)}' "$@"\n`;
}

function key(): string {
  const decides = JSON.stringify([PACKAGES, LEFT_OUT.source, DOCUMENTS, PROGRAMS, distribution(), process.arch]);
  return createHash("sha256").update(decides).digest("hex").slice(0, 12);
}
