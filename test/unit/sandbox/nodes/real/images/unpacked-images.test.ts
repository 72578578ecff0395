import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { linkImages, unpackImages } from "../../../../../../sandbox/nodes/real/images/unpacked-images.js";
import { cleanUp, program, scratchFolder, setEnv } from "../../../scratch.js";

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

  it("are made once, and stay for other checkouts until they are long unused", async () => {
    const bin = join(folder, "bin");
    program(join(bin, "unshare"), 'mkdir "$ROOT"; echo made >> "$0.calls"');
    setEnv({ PATH: `${bin}:/usr/bin:/bin` });
    const programs = {
      containerd: program(join(bin, "containerd"), "echo containerd 1.6"),
      ctr: "/ctr",
      path: bin,
      cni: "/cni",
    };
    const unpack = (digest: string): Promise<string> => {
      const images = [{ reference: "ed8k.local/x:1", archive: "/x.tar", digest }];
      return unpackImages({ programs, images }, join(folder, "cache"), { report: () => undefined });
    };
    const age = (root: string, days: number): void => {
      const then = Date.now() / 1000 - days * 86_400;
      utimesSync(dirname(root), then, then);
    };
    const mine = await unpack("sha256:01");
    age(mine, 15);
    assert.equal(await unpack("sha256:01"), mine);
    const other = await unpack("sha256:02");
    assert.equal(existsSync(mine), true);
    age(other, 15);
    await unpack("sha256:01");
    assert.deepEqual([existsSync(mine), existsSync(other)], [true, false]);
    assert.equal(readFileSync(join(bin, "unshare.calls"), "utf8"), "made\nmade\n");
  });
});
