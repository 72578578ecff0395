import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, readlinkSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { linkImages } from "../../../../../../sandbox/nodes/real/images/unpacked-images.js";
import { cleanUp, scratchFolder } from "../../../scratch.js";

describe("images that were unpacked before", () => {
  let folder: string;
  let unpacked: string;
  beforeEach(() => {
    folder = scratchFolder();
    unpacked = join(folder, "unpacked");
    mkdirSync(join(unpacked, "snapshots", "1", "fs"), { recursive: true });
    writeFileSync(join(unpacked, "snapshots", "1", "fs", "bash"), "program", { mode: 0o755 });
    symlinkSync("bash", join(unpacked, "snapshots", "1", "fs", "sh"));
    writeFileSync(join(unpacked, "meta.db"), "images");
  });
  afterEach(cleanUp);

  const inode = (...path: readonly string[]): number => statSync(join(...path)).ino;

  it("are linked, and the databases copied", async () => {
    const root = join(folder, "root");
    await linkImages(unpacked, root);
    const fs = join("snapshots", "1", "fs");
    assert.equal(inode(root, fs, "bash"), inode(unpacked, fs, "bash"));
    assert.equal(readlinkSync(join(root, fs, "sh")), "bash");
    assert.notEqual(inode(root, "meta.db"), inode(unpacked, "meta.db"));
    assert.equal(readFileSync(join(root, "meta.db"), "utf8"), "images");
    assert.deepEqual(readdirSync(folder).sort(), ["root", "unpacked"]);
  });

  it("are left alone where a containerd has its folder already", async () => {
    const root = join(folder, "root");
    mkdirSync(root);
    await linkImages(unpacked, root);
    assert.deepEqual(readdirSync(root), []);
  });

  it("may be missing: then nothing is made, and images are imported one by one", async () => {
    await linkImages(join(folder, "none"), join(folder, "root"));
    assert.deepEqual(readdirSync(folder), ["unpacked"]);
  });
});
