import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, realpathSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { linkedPulumi, linkTools, writeCommands } from "../../../../sandbox/engine/commands.js";
import { checkoutRoot, type SandboxPaths, sandboxPaths } from "../../../../sandbox/paths.js";
import { cleanUp, program, scratchFolder, setEnv } from "../scratch.js";

describe("the commands of the sandbox's shell", () => {
  let paths: SandboxPaths;
  beforeEach(() => {
    paths = sandboxPaths(join(scratchFolder(), "it's a folder"));
  });
  afterEach(cleanUp);

  it("link to the tools, and again to others after a change", () => {
    const [one, two] = ["one", "two"].map((name) => program(join(paths.folder, name, "pulumi"), `echo ${name}`));
    for (const file of [one, two]) {
      assert.ok(file !== undefined);
      linkTools({ pulumi: file, kubectl: file, helm: file }, paths);
      assert.equal(linkedPulumi(paths), realpathSync(file));
    }
    assert.equal(execFileSync(join(paths.bin, "kubectl"), { encoding: "utf8" }), "two\n");
  });

  it("have an aws of our own where the sandbox plays AWS and the machine has none", () => {
    const tool = program(join(paths.folder, "tool"), "");
    linkTools({ pulumi: tool, kubectl: tool, helm: tool }, paths);
    const plugin = { executable: "pulumi-resource-aws", source: "stand-in", entryPoint: "x.js" } as const;
    const installed = join(paths.folder, "installed");
    program(join(installed, "aws"), "");
    const hasOwn = (name: "aws" | "random", path: string): boolean => {
      writeCommands([{ ...plugin, name }], paths, path);
      return existsSync(join(paths.bin, "aws"));
    };
    assert.equal(hasOwn("aws", "/none"), true);
    assert.equal(hasOwn("aws", paths.bin), true, "the sandbox's own does not count");
    assert.equal(hasOwn("aws", installed), false);
    assert.equal(hasOwn("random", "/none"), false);
  });

  it("run stand-ins with the arguments that they are given, marked as the sandbox's", () => {
    const tool = program(join(paths.folder, "tool"), "");
    linkTools({ pulumi: tool, kubectl: tool, helm: tool }, paths);
    const script = join(paths.folder, "print.mjs");
    const code = `const [, script, ...args] = process.argv;
console.log(JSON.stringify({ script, args, client: process.env.ED8K_SANDBOX_CLIENT }));`;
    writeFileSync(script, code);
    const entryPoint = relative(join(checkoutRoot(), "dist"), script);
    writeCommands([{ name: "random", executable: "pulumi-resource-random", source: "stand-in", entryPoint }], paths);
    setEnv({ ED8K_SANDBOX_CLIENT: undefined });
    const printed = execFileSync(join(paths.bin, "pulumi-resource-random"), ["127.0.0.1:1", "two words"], {
      encoding: "utf8",
    });
    assert.deepEqual(JSON.parse(printed), { script, args: ["127.0.0.1:1", "two words"], client: paths.folder });
  });
});
