import assert from "node:assert/strict";
import { join } from "node:path";
import {
  checkSpace,
  diskError,
  diskFullError,
  freeBytes,
  hasNoRoom,
  isDiskFull,
} from "../../../../sandbox/machine/disk.js";
import { cleanUp, scratchFolder } from "../scratch.js";

describe("the disk", () => {
  afterEach(cleanUp);

  it("is checked before it is used: what is free, what is needed, what for", () => {
    const needed = { folder: "/x/y", bytes: 400 * 1024 ** 2, purpose: "for the sandbox" };
    assert.throws(() => checkSpace(needed, 300 * 1024 ** 2 + 7), {
      name: "UserError",
      message: "the disk of /x/y has 300 MiB free, but 400 MiB are needed for the sandbox",
    });
    assert.equal(checkSpace(needed, 400 * 1024 ** 2), undefined);
  });

  it("is that of the nearest folder that exists", () => {
    const folder = scratchFolder();
    assert.ok(Math.abs(freeBytes(folder) - freeBytes(join(folder, "not", "there"))) < 50 * 1024 ** 2);
  });

  it("has no room with less than 4 MiB", () => {
    assert.equal(hasNoRoom("/", 4 * 1024 ** 2), false);
    assert.equal(hasNoRoom("/", 4 * 1024 ** 2 - 1), true);
  });

  it("is full when Node or Go says so", () => {
    assert.equal(isDiskFull(Object.assign(new Error("write"), { code: "ENOSPC" })), true);
    assert.equal(isDiskFull(Object.assign(new Error("write"), { code: "EDQUOT" })), true);
    assert.equal(isDiskFull("link: write /tmp/x: no space left on device"), true);
    assert.equal(isDiskFull(Object.assign(new Error("write"), { code: "EACCES" })), false);
    assert.equal(isDiskFull(undefined), false);
  });

  for (const [what, error, message] of [
    ["is full", { code: "ENOSPC" }, "the disk of /x is full: stopped starting"],
    [
      "is closed to the user",
      { code: "EACCES", path: "/x/y", syscall: "mkdir" },
      "/x/y cannot be written: permission denied: stopped starting",
    ],
    [
      "is read-only",
      { code: "EROFS", path: "/x/y", syscall: "open" },
      "/x/y cannot be written: its file system is read-only: stopped starting",
    ],
    ["has nothing to do with it", { code: "ENOENT", path: "/x/y", syscall: "open" }, "raw"],
    ["holds a program that may not be run", { code: "EACCES", path: "/x/y", syscall: "spawn" }, "raw"],
  ] as const) {
    it(`is told as the cause when it ${what}`, () => {
      const told = diskError(Object.assign(new Error("raw"), error), "/x", "starting") as Error;
      assert.equal(told.message, message);
      assert.equal(told.name, message === "raw" ? "Error" : "UserError");
    });
  }

  it("has one sentence for when it became full", () => {
    const error = diskFullError("/x", "building pulumi");
    assert.equal(error.message, "the disk of /x is full: stopped building pulumi");
  });
});
