import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { freeBytes } from "../../../sandbox/machine/disk.js";
import { OwnSandbox, until } from "./own-sandbox.js";

const MEBIBYTE = 1024 ** 2;

/** Only root may mount a disk of its own; the sentences alone are held by test/unit/sandbox/machine/disk.test.ts. */
if (process.platform === "linux" && process.getuid?.() === 0) {
  describe("the sandbox on a disk that is full", () => {
    let sandbox: OwnSandbox;
    let disk: string;

    beforeEach(() => {
      sandbox = new OwnSandbox();
      disk = dirname(sandbox.paths.folder);
      mkdirSync(disk, { recursive: true });
    });
    afterEach(async () => {
      await sandbox.down();
      execFileSync("umount", [disk]);
      await sandbox.remove();
    });

    function mount(mebibytes: number): void {
      execFileSync("mount", ["-t", "tmpfs", "-o", `size=${mebibytes}m`, "ed8k-test", disk]);
    }

    it("is not started: it says what is free and what is needed", async () => {
      mount(100);
      await assert.rejects(sandbox.up(), {
        name: "UserError",
        message: /^the disk of .+ has \d+ MiB free, but 400 MiB are needed for the sandbox$/,
        hint: "free some space, or set ED8K_CACHE and ED8K_SANDBOX to folders on another disk",
      });
      assert.deepEqual(sandbox.leftovers(), ["a folder", "tmp"]);
    });

    it("is not started when nothing at all can be written", async () => {
      mount(1);
      fill(join(disk, "filler"));
      await assert.rejects(sandbox.up(), {
        name: "UserError",
        message: `the disk of ${sandbox.paths.folder} is full: stopped starting the sandbox`,
      });
      execFileSync("mount", ["-o", "remount,ro", disk]);
      await assert.rejects(sandbox.up(), {
        name: "UserError",
        message: /^\S.+ cannot be written: its file system is read-only: stopped starting the sandbox$/,
      });
    });

    it("says so while it runs, and heals when there is room again", async () => {
      mount(600);
      await sandbox.up(1);
      const filler = join(disk, "filler");
      fill(filler);
      process.kill(sandbox.pidOf("etcd"), "SIGKILL");
      const full = `the disk of ${sandbox.paths.folder} is full: etcd is down`;
      let fault: string | undefined;
      await until(
        async () => (fault = await sandbox.fault())?.startsWith(full) === true,
        () => fault,
      );
      rmSync(filler);
      await until(
        async () => (await sandbox.fault()) === undefined,
        () => sandbox.state,
      );
    });

    it("can be removed, which makes room", async () => {
      mount(600);
      await sandbox.up(1);
      fill(join(sandbox.paths.folder, "filler"));
      assert.equal(await sandbox.down(), true);
      assert.deepEqual(sandbox.leftovers(), ["a folder", "tmp"]);
    });

    /** Until not a page is free. */
    function fill(file: string): void {
      let bytes = freeBytes(disk);
      while (bytes > 4096) {
        try {
          writeFileSync(file, Buffer.alloc(Math.min(bytes, 64 * MEBIBYTE)), { flag: "a" });
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
        }
        bytes = freeBytes(disk);
      }
    }
  });
}
