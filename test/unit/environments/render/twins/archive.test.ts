import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { changeArchive } from "../../../../../environments/render/twins/archive.js";

describe("packed charts", () => {
  let folder = "";
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "ed8k-archive-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it("are as tar reads them after files have changed, longer and shorter, the others untouched", () => {
    const files = { "sub/a.txt": "a".repeat(600), "sub/b.txt": "b", "sub/c.txt": "c".repeat(512), "sub/d.txt": "" };
    mkdirSync(join(folder, "sub"));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    execFileSync("tar", ["-czf", "in.tgz", "sub"], { cwd: folder });
    const seen: string[] = [];
    const changed = changeArchive(readFileSync(join(folder, "in.tgz")), (name, content) => {
      seen.push(name);
      if (name === "sub/a.txt") return Buffer.from("short");
      return name === "sub/b.txt" ? Buffer.from("B".repeat(2000)) : content;
    });
    assert.deepEqual(seen.toSorted(), ["sub/a.txt", "sub/b.txt", "sub/c.txt"]);
    rmSync(join(folder, "sub"), { recursive: true });
    writeFileSync(join(folder, "out.tgz"), changed);
    execFileSync("tar", ["-xzf", "out.tgz"], { cwd: folder });
    const read = Object.keys(files).map((name) => readFileSync(join(folder, name), "utf8"));
    assert.deepEqual(read, ["short", "B".repeat(2000), "c".repeat(512), ""]);
  });
});
