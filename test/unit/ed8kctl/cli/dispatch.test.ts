import assert from "node:assert/strict";
import { readRequest } from "../../../../ed8kctl/cli/dispatch.js";
import { UserError } from "../../../../errors.js";
import { verb } from "./verb.js";

const COMMANDS = [verb({ name: "list" }), verb({ name: "sandbox up" }), verb({ name: "sandbox down" })];
const [list, up] = COMMANDS;

describe("reading a command line", () => {
  const asks = (line: string) => readRequest(line.split(" ").filter(Boolean), COMMANDS);

  it("shows the overview for nothing, --help and help", () => {
    assert.deepEqual(asks(""), { kind: "overview" });
    assert.deepEqual(asks("--help"), { kind: "overview" });
    assert.deepEqual(asks("-h"), { kind: "overview" });
    assert.deepEqual(asks("help"), { kind: "overview" });
  });

  it("tells the version", () => {
    assert.deepEqual(asks("--version"), { kind: "version" });
  });

  it("finds verbs of one word and of two", () => {
    assert.deepEqual(asks("list --all"), { kind: "run", command: list, words: ["--all"] });
    assert.deepEqual(asks("sandbox up --nodes 3"), { kind: "run", command: up, words: ["--nodes", "3"] });
  });

  it("takes options of every verb before the verb, too", () => {
    assert.deepEqual(asks("--json --cluster eu -o yaml list --all"), {
      kind: "run",
      command: list,
      words: ["--json", "--cluster", "eu", "-o", "yaml", "--all"],
    });
    assert.deepEqual(asks("--cluster=eu -oyaml list"), {
      kind: "run",
      command: list,
      words: ["--cluster=eu", "-oyaml"],
    });
  });

  it("shows a verb's help for --help anywhere before --, and for help VERB", () => {
    assert.deepEqual(asks("list --all --help"), { kind: "help", command: list });
    assert.deepEqual(asks("help sandbox up"), { kind: "help", command: up });
    assert.deepEqual(asks("list -- --help"), { kind: "run", command: list, words: ["--", "--help"] });
  });

  it("shows the verbs of a noun alone", () => {
    assert.deepEqual(asks("sandbox"), { kind: "noun", noun: "sandbox" });
    assert.deepEqual(asks("sandbox --help"), { kind: "noun", noun: "sandbox" });
    assert.deepEqual(asks("help sandbox"), { kind: "noun", noun: "sandbox" });
  });

  const faults: readonly (readonly [line: string, message: string, hint: string])[] = [
    ["lsit", 'there is no verb "lsit"', 'did you mean "ed8kctl list"?'],
    ["lsit --help", 'there is no verb "lsit"', 'did you mean "ed8kctl list"?'],
    ["help lsit", 'there is no verb "lsit"', 'did you mean "ed8kctl list"?'],
    ["sandbox donw", 'there is no verb "sandbox donw"', 'did you mean "ed8kctl sandbox down"?'],
    ["sandbox teleport", 'there is no verb "sandbox teleport"', "there are up, down"],
    ["frobnicate", 'there is no verb "frobnicate"', "ed8kctl --help tells all verbs"],
    ["--verbose list", 'unknown option "--verbose"', "ed8kctl --help tells all verbs"],
  ];
  for (const [line, message, hint] of faults) {
    it(`refuses ${line}`, () => {
      assert.throws(
        () => asks(line),
        (error) => {
          assert.ok(error instanceof UserError);
          assert.deepEqual([error.message, error.hint, error.exit], [message, hint, "usage"]);
          return true;
        },
      );
    });
  }
});
