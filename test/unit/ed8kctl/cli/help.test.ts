import assert from "node:assert/strict";
import { nounHelp, overview, verbHelp } from "../../../../ed8kctl/cli/help.js";
import { COMMANDS } from "../../../../ed8kctl/commands/index.js";
import { verb } from "./verb.js";

describe("help", () => {
  it("lists verbs by group, in the order of the groups", () => {
    const commands = [
      verb({ name: "sandbox up", summary: "Start it", group: "platform" }),
      verb({ name: "list", summary: "List them" }),
    ];
    assert.equal(
      overview(commands),
      `An isolated development environment per developer on one shared Kubernetes cluster.

Usage: ed8kctl VERB [ARGUMENT...] [OPTION...]

Everyday:
  list        List them

Platform and services:
  sandbox up  Start it

ed8kctl help VERB tells a verb's arguments and options, with examples.
Every verb: --json for machines, --cluster NAME for another cluster stack than dev.`,
    );
    assert.equal(nounHelp("sandbox", commands), "Usage: ed8kctl sandbox VERB\n\n  sandbox up  Start it");
  });

  it("shows a verb's arguments, options and examples", () => {
    const shell = verb({
      name: "shell",
      summary: "Open a shell",
      args: [{ spec: "<name>", summary: "The environment" }],
      options: [{ flags: "--tail <lines>", summary: "How many" }],
      examples: ["ed8kctl shell alice  # here", "ed8kctl shell alice -- ls  # there"],
      passesOn: "runs in the container",
    });
    assert.equal(
      verbHelp(shell),
      `Usage: ed8kctl shell <name> [options] [-- command...]

Open a shell

Arguments:
  name                   The environment

Options:
  --tail <lines>         How many
  -h, --help             This help

Options of every verb:
  --cluster <name>       The cluster stack whose cluster is meant (default: "dev", env: ED8K_CLUSTER)
  -o, --output <format>  How the answer is printed (choices: "table", "json", "yaml", default: "table")
  --json                 The same as -o json

What follows -- runs in the container.

Examples:
  ed8kctl shell alice        # here
  ed8kctl shell alice -- ls  # there`,
    );
  });

  it("has every verb of the design, each once, with an example [row 38]", () => {
    assert.deepEqual(
      COMMANDS.map(({ name }) => name),
      [
        ...["create", "list", "show", "use", "open", "logs", "shell", "run", "forward", "start", "stop", "destroy"],
        ...["plan", "diff", "render", "cost", "doctor", "prove-isolation", "service new", "service lint"],
        ...[
          "cluster bootstrap",
          "cluster up",
          "cluster status",
          "cluster cost",
          "cluster kubeconfig",
          "cluster destroy",
        ],
        ...["sandbox up", "sandbox status", "sandbox env", "sandbox down", "completion"],
      ],
    );
    assert.deepEqual(
      COMMANDS.filter(({ examples }) => examples.length === 0).map(({ name }) => name),
      [],
    );
  });

  it("shows a help for every verb in lines of at most 120 letters", () => {
    const long = COMMANDS.flatMap((command) => verbHelp(command).split("\n")).filter((line) => line.length > 120);
    assert.deepEqual(long, []);
  });
});
