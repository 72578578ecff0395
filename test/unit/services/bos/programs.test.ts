import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkoutRoot } from "../../../../sandbox/paths.js";

const bos = join(checkoutRoot(), "services/bos");

/** Runs a program; resolves with its exit code and what it said. */
function run(file: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<readonly [unknown, string]> {
  return new Promise((resolve) => {
    execFile(file, args, { env: { PATH: process.env["PATH"], ...env } }, (error, stdout, stderr) =>
      resolve([error?.code ?? 0, stdout + stderr]),
    );
  });
}

describe("the programs of bos", () => {
  let scratch: string;
  before(() => (scratch = mkdtempSync(join(tmpdir(), "bos-"))));
  after(() => rmSync(scratch, { recursive: true }));

  it("pass their own tests of what needs no other program", async () => {
    const args = ["-B", "-m", "unittest", "discover", "--start-directory", join(bos, "tests")];
    const [code, said] = await run("python3", args, { PYTHONPATH: join(bos, "src") });
    assert.match(said, /^Ran \d\d tests in .*\n\nOK\n$/m);
    assert.equal(code, 0);
  });

  it("are healthy while their heartbeat is fresh", async () => {
    const file = join(scratch, "heartbeat");
    const healthy = (...args: readonly string[]) =>
      run(join(bos, "bin/bos"), ["healthy", ...args], { HEARTBEAT_FILE: file });
    assert.equal((await healthy())[0], 1);
    writeFileSync(file, "");
    assert.deepEqual(await healthy(), [0, ""]);
    const before = Date.now() / 1000 - 90;
    utimesSync(file, before, before);
    const [code, said] = await healthy();
    assert.match(said, /^the last sign of life is 9[0-2] s old\n$/);
    assert.equal(code, 1);
    assert.deepEqual(await healthy("120"), [0, ""]);
  });

  it("are Debian packages of one sorted list, each once", () => {
    const names = readFileSync(join(bos, "packages.txt"), "utf8").trim().split("\n");
    assert.deepEqual(names, [...new Set(names)].toSorted());
  });
});
