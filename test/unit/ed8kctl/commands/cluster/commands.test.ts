import assert from "node:assert/strict";
import { clusterBootstrap } from "../../../../../ed8kctl/commands/cluster/bootstrap.js";
import { clusterDestroy } from "../../../../../ed8kctl/commands/cluster/destroy.js";
import { clusterStatus } from "../../../../../ed8kctl/commands/cluster/status.js";
import { clusterUp } from "../../../../../ed8kctl/commands/cluster/up.js";
import { stackOf } from "../../../../../ed8kctl/cluster/stack-argument.js";
import type { Command } from "../../../../../ed8kctl/command.js";
import type { UserError } from "../../../../../errors.js";
import { cleanUp, errorOf, scratchFolder, setEnv } from "../../../sandbox/scratch.js";
import { failing, FakePulumi } from "../../engine/fake-pulumi.js";
import { WORDS } from "../../engine/words.js";
import { BACKEND, FakeOutput } from "../../environment/fixtures.js";

describe("the verbs of clusters", () => {
  beforeEach(() => setEnv({ PULUMI_BACKEND_URL: BACKEND, ED8K_CACHE: scratchFolder() }));
  afterEach(cleanUp);

  async function run(command: Command, args: readonly string[], options: Readonly<Record<string, boolean>> = {}) {
    const out = new FakeOutput();
    const { signal } = new AbortController();
    await command.run({ args, options: { cluster: "dev", ...options }, rest: [], out, signal });
    return out;
  }

  async function refused(command: Command, args: readonly string[] = []): Promise<UserError> {
    return (await errorOf(() => run(command, args))) as UserError;
  }

  it("are about the stack that is named, else about the one of --cluster", () => {
    assert.equal(stackOf(["prod"], { cluster: "dev" }), "prod");
    assert.equal(stackOf([], { cluster: "staging" }), "staging");
    assert.equal(stackOf([], {}), "dev");
  });

  it("up and bootstrap need the stack's file", async () => {
    for (const command of [clusterUp, clusterBootstrap]) {
      const { message, exit } = await refused(command, ["nowhere"]);
      assert.match(message, /^there is no \S+Pulumi\.nowhere\.yaml, which tells what the cluster nowhere is to be$/);
      assert.equal(exit, "notFound");
    }
  });

  it("up asks before it touches anything", async () => {
    const pulumi = new FakePulumi({});
    assert.equal((await refused(clusterUp)).exit, "usage");
    assert.deepEqual(pulumi.calls(), []);
  });

  it("status tells that there is none", async () => {
    const missing = failing(WORDS.missingStack, 6);
    new FakePulumi({
      "config refresh": missing,
      "stack export": missing,
      "stack output": missing,
      "stack history": missing,
    });
    const { message, exit, hint } = await refused(clusterStatus);
    assert.deepEqual(
      [message, exit, hint],
      [
        `there is no cluster stack dev in ${BACKEND}`,
        "notFound",
        "ed8kctl cluster up dev makes it, by Pulumi.dev.yaml",
      ],
    );
  });

  it("destroy is done where there is none, and gives the receipt all the same", async () => {
    const missing = failing(WORDS.missingStack, 6);
    new FakePulumi({ "config refresh": missing, "stack export": missing });
    const { results, questions } = await run(clusterDestroy, ["nowhere"]);
    assert.deepEqual(questions, []);
    assert.deepEqual(results, [{ stack: "nowhere", removed: 0, checked: ["stack"], unseen: ["AWS"], left: [] }]);
  });
});
