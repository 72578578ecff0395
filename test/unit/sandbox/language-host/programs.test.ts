import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import { type ProgramCall, programCommand, Programs, splitWords } from "../../../../sandbox/language-host/programs.js";
import { checkoutRoot } from "../../../../sandbox/paths.js";
import { cleanUp, program, scratchFolder } from "../scratch.js";

const CALL: ProgramCall = {
  monitorAddress: "127.0.0.1:1",
  engineAddress: "127.0.0.1:2",
  organization: "",
  project: "ed8k",
  stack: "alice",
  folder: checkoutRoot(),
  rootFolder: checkoutRoot(),
  entryPoint: "index.ts",
  dryRun: false,
  parallel: 16,
  args: [],
  config: { "ed8k:size": "m", "ed8k:token": "secret" },
  configSecretKeys: ["ed8k:token"],
  nodeArgs: "",
  typescript: false,
  tsconfig: "",
};

describe("the language host's programs", () => {
  afterEach(cleanUp);

  it("run by what @pulumi/pulumi brings, with flags as the published host gives them", () => {
    const { command, args, env } = programCommand(CALL);
    const runner = createRequire(join(checkoutRoot(), "x.js")).resolve("@pulumi/pulumi/cmd/run");
    assert.equal(command, process.execPath);
    assert.deepEqual(args, [
      runner,
      ...["--monitor", "127.0.0.1:1", "--engine", "127.0.0.1:2"],
      ...["--project", "ed8k", "--stack", "alice"],
      ...["--pwd", checkoutRoot(), "--root-directory", checkoutRoot(), "--parallel", "16"],
      "index.ts",
    ]);
    assert.deepEqual(env, {
      PULUMI_CONFIG: '{"ed8k:size":"m","ed8k:token":"secret"}',
      PULUMI_CONFIG_SECRET_KEYS: '["ed8k:token"]',
      PULUMI_NODEJS_TYPESCRIPT: "false",
    });
  });

  it("take node's own arguments first, and the program's last", () => {
    const { args } = programCommand({
      ...CALL,
      nodeArgs: "--import tsx",
      dryRun: true,
      args: ["a", "b"],
      entryPoint: "",
    });
    assert.deepEqual(args.slice(0, 2), ["--import", "tsx"]);
    assert.deepEqual(args.slice(-4), ["--dry-run", ".", "a", "b"]);
  });

  it("tell ts-node its tsconfig only when there is one", () => {
    const { env } = programCommand({ ...CALL, typescript: true, tsconfig: "t.json" });
    assert.equal(env["PULUMI_NODEJS_TYPESCRIPT"], "true");
    assert.equal(env["PULUMI_NODEJS_TSCONFIG_PATH"], "t.json");
  });

  it("put no config into arguments, which others can read", () => {
    assert.equal(
      programCommand(CALL).args.some((arg) => arg.includes("secret")),
      false,
    );
  });

  it("say how a folder without @pulumi/pulumi is wrong", () => {
    assert.throws(() => programCommand({ ...CALL, folder: "/" }), { code: "MODULE_NOT_FOUND" });
  });

  for (const [text, words] of [
    ["", []],
    ["  --import   tsx ", ["--import", "tsx"]],
    ['--title "two words" x', ["--title", "two words", "x"]],
    ["--a='b c'd", ["--a=b cd"]],
    [`"it's"`, ["it's"]],
    ['""', [""]],
  ] as const) {
    it(`split ${JSON.stringify(text)} into words`, () => {
      assert.deepEqual(splitWords(text), words);
    });
  }

  it("end with the program's exit code, and with 1 when they are stopped", async () => {
    const folder = scratchFolder();
    const runner = program(join(folder, "node_modules", "@pulumi", "pulumi", "cmd", "run", "index.js"), "");
    const run = (code: string, programs = new Programs()): Promise<number> => {
      // The flags that follow belong to the code.
      return programs.run({ ...CALL, folder, nodeArgs: `--eval "${code}" --` });
    };
    assert.equal(runner.endsWith("index.js"), true);
    assert.equal(await run("process.exit(32)"), 32);
    assert.equal(await run(""), 0);
    const programs = new Programs();
    const stopped = run("setInterval(() => 0, 1000)", programs);
    programs.stop();
    assert.equal(await stopped, 1);
  });
});
