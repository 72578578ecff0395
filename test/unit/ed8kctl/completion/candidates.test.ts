import assert from "node:assert/strict";
import { candidates, type Names } from "../../../../ed8kctl/completion/candidates.js";
import { verb } from "../cli/verb.js";

const COMMANDS = [
  verb({ name: "list", options: [{ flags: "-a, --all", summary: "" }] }),
  verb({
    name: "logs",
    args: [
      { spec: "<name>", summary: "", names: "environment" },
      { spec: "[service...]", summary: "", names: "service" },
    ],
    options: [{ flags: "--since <duration>", summary: "" }],
  }),
  verb({ name: "completion", args: [{ spec: "<shell>", summary: "", choices: ["bash", "zsh"] }] }),
  verb({ name: "sandbox up" }),
  verb({ name: "sandbox down" }),
  verb({ name: "cluster up", args: [{ spec: "[stack]", summary: "", names: "cluster" }] }),
];
const NAMES: Names = {
  clusters: () => Promise.resolve(["dev", "prod"]),
  environments: () => Promise.resolve(["alice", "bob"]),
  services: (environment) => Promise.resolve(environment === "alice" ? ["bos", "fxsuite"] : []),
};

describe("completion", () => {
  const cases: readonly (readonly [words: readonly string[], found: readonly string[]])[] = [
    [[""], ["list", "logs", "completion", "sandbox", "cluster", "help"]],
    [["l"], ["list", "logs"]],
    [
      ["sandbox", ""],
      ["up", "down"],
    ],
    [["sandbox", "d"], ["down"]],
    [["cluster", "up", "p"], ["prod"]],
    [["cluster", "up", "prod", ""], []],
    [["help", "s"], ["sandbox"]],
    [
      ["list", "--"],
      ["--all", "--cluster", "--output", "--json", "--help"],
    ],
    [
      ["list", "-o", ""],
      ["table", "json", "yaml"],
    ],
    [["list", "--output", "y"], ["yaml"]],
    [["list", ""], []],
    [
      ["logs", ""],
      ["alice", "bob"],
    ],
    [["logs", "--since", "1h", "a"], ["alice"]],
    [["logs", "--since", ""], []],
    [
      ["logs", "alice", ""],
      ["bos", "fxsuite"],
    ],
    [["logs", "alice", "bos", "f"], ["fxsuite"]],
    [["logs", "carol", ""], []],
    [["completion", "b"], ["bash"]],
    [["nonsense", ""], []],
  ];
  for (const [words, found] of cases) {
    it(`gives ${found.join(" ") || "nothing"} for ${words.join(" ")}|`, async () => {
      assert.deepEqual(await candidates(words, COMMANDS, NAMES), found);
    });
  }

  it("says nothing when the cluster does not answer", async () => {
    const broken: Names = { ...NAMES, environments: () => Promise.reject(new Error("no")) };
    assert.deepEqual(await candidates(["logs", ""], COMMANDS, broken), []);
  });
});
