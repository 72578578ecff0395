import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { resolveEmulator } from "../../../../sandbox/aws/emulator/install.js";
import { checkoutRoot } from "../../../../sandbox/paths.js";
import { cleanUp, errorOf, program, scratchFolder, setEnv } from "../scratch.js";

describe("the AWS emulator", () => {
  let folder: string;
  const lines: string[] = [];
  beforeEach(() => {
    folder = scratchFolder();
    lines.length = 0;
  });
  afterEach(cleanUp);

  /** A python3 that is of this version, and whose pip does that. */
  function python(version: string, pip: string): string {
    const file = join(folder, "bin", "python3");
    program(file, `if [ "$1" = -c ]; then echo "${file} ${version}"; exit; fi\necho "$@" >> ${folder}/calls\n${pip}`);
    setEnv({ PATH: join(folder, "bin") });
    return file;
  }

  const resolve = () => resolveEmulator(join(folder, "cache"), { report: (line) => lines.push(line) });

  it("is installed once, from wheels with the hashes of the lock file alone", async () => {
    const file = python("3 11", "");
    const { python: found, packages } = await resolve();
    await resolve();
    assert.equal(found, file);
    assert.ok(existsSync(packages));
    const calls = readFileSync(join(folder, "calls"), "utf8").trim().split("\n");
    assert.equal(calls.length, 1);
    const lockFile = join(checkoutRoot(), "sandbox/aws/requirements.txt");
    assert.match(
      calls[0] ?? "",
      new RegExp(`^-m pip install .* --require-hashes --only-binary=:all: --no-deps -r ${lockFile} --target /`),
    );
    assert.match(lines[1] ?? "", /^AWS emulator: installed in \d+\.\d s$/);
  });

  it("needs a Python that is not too old, and pip", async () => {
    const needed = { hint: "install Python 3.11 or later with pip, or leave out --aws" };
    python("3 9", "");
    assert.deepEqual(await told(), {
      message: `the AWS emulator needs Python 3.11 or later with pip, and python3 is 3.9 (${folder}/bin/python3)`,
      ...needed,
    });
    python("3 12", `echo "${folder}/bin/python3: No module named pip" >&2; exit 1`);
    assert.deepEqual(await told(), {
      message: `the AWS emulator needs pip, and ${folder}/bin/python3 has none`,
      ...needed,
    });
    setEnv({ PATH: join(folder, "none") });
    assert.deepEqual(await told(), { message: "the AWS emulator needs python3, which does not run here", ...needed });
  });

  it("tells in pip's words why it cannot be installed, and leaves nothing half made", async () => {
    python("3 11", 'echo "WARNING: x" >&2; echo "ERROR: No matching distribution found for six==1.17.0" >&2; exit 1');
    assert.deepEqual(await told(), {
      message: "the AWS emulator cannot be installed: No matching distribution found for six==1.17.0",
      hint: "it comes from PyPI: check the network, or set PIP_INDEX_URL to a mirror",
    });
    python("3 11", "");
    assert.ok(existsSync((await resolve()).packages));
  });

  async function told(): Promise<{ readonly message: string; readonly hint: string | undefined }> {
    const error = (await errorOf(resolve)) as Error & { readonly hint?: string };
    return { message: error.message, hint: error.hint };
  }

  it("has a hash for each package that it needs", () => {
    const lines = readFileSync(join(checkoutRoot(), "sandbox/aws/requirements.txt"), "utf8").split("\n");
    const packages = lines.filter((line) => /^[a-z]/.test(line));
    assert.deepEqual(
      packages.filter((line) => !/^[a-z0-9-]+==\S+ \\$/.test(line)),
      [],
    );
    assert.ok(packages.includes("ministack==1.5.33 \\"));
    assert.ok(lines.every((line) => /^(#.*|[a-z0-9-]+==\S+ \\|    --hash=sha256:[0-9a-f]{64}( \\)?|)$/.test(line)));
  });
});
