import assert from "node:assert/strict";
import { parseWords } from "../../../../ed8kctl/cli/parse.js";
import { UserError } from "../../../../errors.js";
import { verb } from "./verb.js";

const create = verb({
  name: "create",
  args: [
    { spec: "<name>", summary: "The environment", names: "environment" },
    { spec: "[service...]", summary: "Services" },
  ],
  options: [
    { flags: "--size <size>", summary: "Quota", choices: ["s", "m"] },
    { flags: "--start <service>", summary: "More", many: true },
    { flags: "--dry-run", summary: "Only tell" },
  ],
});
const COMMON = { cluster: "dev", output: "table" };

describe("reading the words of a verb", () => {
  let cluster: string | undefined;
  beforeEach(() => {
    cluster = process.env["ED8K_CLUSTER"];
    delete process.env["ED8K_CLUSTER"];
  });
  afterEach(() => {
    if (cluster !== undefined) process.env["ED8K_CLUSTER"] = cluster;
    else delete process.env["ED8K_CLUSTER"];
  });

  it("gives arguments, options in camel case, and lists", () => {
    const words = ["alice", "--start", "a", "bos", "--dry-run", "--start", "b", "fxsuite"];
    assert.deepEqual(parseWords(create, words), {
      args: ["alice", "bos", "fxsuite"],
      options: { ...COMMON, start: ["a", "b"], dryRun: true },
      rest: [],
    });
  });

  it("takes the cluster stack from ED8K_CLUSTER, unless it is told", () => {
    process.env["ED8K_CLUSTER"] = "eu";
    assert.equal(parseWords(create, ["alice"]).options["cluster"], "eu");
    assert.equal(parseWords(create, ["alice", "--cluster", "us"]).options["cluster"], "us");
  });

  it("passes on what follows -- where the verb wants that", () => {
    const shell = verb({
      args: [
        { spec: "<name>", summary: "" },
        { spec: "[service]", summary: "" },
      ],
      passesOn: "runs",
    });
    assert.deepEqual(parseWords(shell, ["alice", "--", "ls", "--help"]), {
      args: ["alice"],
      options: COMMON,
      rest: ["ls", "--help"],
    });
  });

  const faults: readonly (readonly [words: readonly string[], message: RegExp, hint: string])[] = [
    [[], /^missing required argument "name"$/, "ed8kctl create --help tells how it is used"],
    [["alice", "--siez", "m"], /^unknown option "--siez"$/, "did you mean --size?"],
    [["alice", "--jsno"], /^unknown option "--jsno"$/, "did you mean --json?"],
    [
      ["alice", "--size", "xl"],
      /^option "--size <size>" argument "xl" is invalid. Allowed choices are s, m.$/,
      "ed8kctl create --help tells how it is used",
    ],
    [
      ["--", "--help"],
      /^"--help" is no name for an environment/,
      "ed8kctl list --all shows the environments that there are",
    ],
    [[".."], /^"\.\." is no name for an environment/, "ed8kctl list --all shows the environments that there are"],
    [["Alice"], /^"Alice" is no name for an environment/, "ed8kctl list --all shows the environments that there are"],
    [
      ["default"],
      /^"default" is no name for an environment: it is reserved/,
      "ed8kctl list --all shows the environments that there are",
    ],
    [
      ["a".repeat(64)],
      /it has 64 characters, at most 20 are allowed$/,
      "ed8kctl list --all shows the environments that there are",
    ],
  ];
  for (const [words, message, hint] of faults) {
    it(`refuses ${JSON.stringify(words).slice(0, 40)}`, () => {
      assert.throws(
        () => parseWords(create, words),
        (error) => {
          assert.ok(error instanceof UserError);
          assert.match(error.message, message);
          assert.deepEqual([error.hint, error.exit], [hint, "usage"]);
          return true;
        },
      );
    });
  }

  it("refuses more arguments than the verb takes", () => {
    assert.throws(() => parseWords(verb({}), ["x"]), {
      name: "UserError",
      exit: "usage",
      message: /too many arguments/,
    });
  });

  it("names the allowed words of an argument", () => {
    const completion = verb({ args: [{ spec: "<shell>", summary: "", choices: ["bash", "zsh"] }] });
    assert.throws(() => parseWords(completion, ["tcsh"]), {
      message: '"tcsh" is not allowed for <shell>. Allowed choices are bash, zsh.',
    });
  });
});
