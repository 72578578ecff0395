import assert from "node:assert/strict";
import { once } from "node:events";
import { readdirSync, watch } from "node:fs";
import { join } from "node:path";
import { CliFailure, PulumiCli } from "../../../../ed8kctl/engine/cli.js";
import { UserError } from "../../../../errors.js";
import { cleanUp, errorOf, scratchFolder, setEnv } from "../../sandbox/scratch.js";
import { FakePulumi } from "./fake-pulumi.js";

describe("the pulumi on PATH", () => {
  let cache: string;
  beforeEach(() => {
    cache = scratchFolder();
    setEnv({ ED8K_CACHE: cache });
  });
  afterEach(cleanUp);
  const cli = new PulumiCli();

  function call(pulumi: FakePulumi, words: string, signal?: AbortSignal) {
    return cli.call(words.split(" "), { folder: pulumi.folder, env: { OWN: "own" }, signal });
  }

  it("runs in the folder with the variables, never asks and never colours", async () => {
    const pulumi = new FakePulumi({ "stack ls": 'pwd; echo "$OWN $PULUMI_SKIP_UPDATE_CHECK $*" >&2' });
    const { stdout, stderr, code } = await call(pulumi, "stack ls");
    assert.deepEqual(
      [stdout, stderr, code],
      [`${pulumi.folder}\n`, "own true stack ls --non-interactive --color=never\n", 0],
    );
  });

  it("is told to take from a stack's state what encrypts its secrets, for its folder does not say", async () => {
    const pulumi = new FakePulumi({ up: 'echo "$PULUMI_FALLBACK_TO_STATE_SECRETS_MANAGER"' });
    assert.equal((await call(pulumi, "up --stack alice")).stdout, "true\n");
  });

  it("is written down while it runs, with its stack, and stays so when it was killed", async () => {
    const look = 'until cat "$ED8K_CACHE"/engines/*.json > "$dir/record" 2>/dev/null; do sleep 0.01; done';
    const pulumi = new FakePulumi({
      up: look,
      "stack init": look,
      refresh: "sleep 0.2; kill -KILL $$",
      "stack ls": "true",
    });
    const records = (): readonly string[] => readdirSync(join(cache, "engines"));
    const recorded = (): { stack: string } => JSON.parse(pulumi.read("record")) as { stack: string };
    await call(pulumi, "up --yes --stack alice");
    assert.equal(recorded().stack, "alice");
    await call(pulumi, "stack init bob --no-select");
    assert.equal(recorded().stack, "bob");
    await call(pulumi, "stack ls");
    assert.deepEqual(records(), []);
    await errorOf(() => call(pulumi, "refresh --stack alice"));
    assert.equal(records().length, 1);
  });

  it("is heard while it speaks, and letters that come in two pieces stay whole", async () => {
    const pulumi = new FakePulumi({
      up: "printf 'a\\303'; sleep 0.2; printf '\\244b'; printf 'error \\342\\234' >&2; sleep 0.1; printf '\\223' >&2",
    });
    const heard: string[] = [];
    const errors: string[] = [];
    const listen = (text: string) => void heard.push(text);
    const result = await cli.run(["up"], pulumi.folder, {}, listen, (text) => void errors.push(text));
    assert.deepEqual([result.stdout, result.stderr], ["aäb", "error ✓"]);
    assert.deepEqual([heard.join(""), errors.join("")], ["aäb", "error ✓"]);
    assert.ok(heard.length > 1, "it was heard only at the end");
  });

  it("fails with what it said and its code", async () => {
    const pulumi = new FakePulumi({ "stack export": "echo out; echo 'error: no such stack' >&2; exit 6" });
    const error = await errorOf(() => call(pulumi, "stack export --stack alice"));
    assert(error instanceof CliFailure);
    assert.deepEqual(error.result, { stdout: "out\n", stderr: "error: no such stack\n", code: 6 });
    assert.equal(error.message, "pulumi stack export ended with code 6: error: no such stack");
  });

  it("fails when something kills it, and says what", async () => {
    const error = await errorOf(() => call(new FakePulumi({ up: "kill -KILL $$" }), "up"));
    assert.equal(error.message, "pulumi up ended with code 1: error: pulumi was ended by SIGKILL");
  });

  it("is not run for what the Automation API asks and nobody reads", async () => {
    const pulumi = new FakePulumi({});
    const ask = async (words: string) => (await cli.run(words.split(" "), pulumi.folder, {})).stdout;
    assert.deepEqual(
      [await ask("stack select --stack a"), await ask("stack output --json"), await ask("stack history --json")],
      ["", "{}", "[]"],
    );
    assert.deepEqual(pulumi.calls(), []);
    await call(pulumi, "stack output --json");
    assert.deepEqual(pulumi.calls(), ["stack output --json"]);
  });

  it("is asked once, gently, to end when the run is interrupted", async () => {
    const trap =
      "trap 'echo INT >> $dir/signals; sleep 0.1; exit 130' INT TERM; touch $dir/ready; while :; do sleep 0.02; done";
    const pulumi = new FakePulumi({ up: trap });
    const controller = new AbortController();
    const watcher = watch(pulumi.folder);
    const run = errorOf(() => call(pulumi, "up", controller.signal));
    for (let name = ""; name !== "ready";) [, name] = (await once(watcher, "change")) as [string, string];
    watcher.close();
    controller.abort();
    const error = await run;
    assert(error instanceof CliFailure);
    assert.equal(error.result.code, 130);
    assert.equal(pulumi.read("signals"), "INT\n");
  });

  it("has a process group of its own: a terminal's Ctrl-C reaches ed8kctl alone", async () => {
    const pulumi = new FakePulumi({ up: "echo $$; ps -o pgid= -p $$" });
    const [pid, group] = (await call(pulumi, "up")).stdout.trim().split(/\s+/);
    assert.equal(group, pid);
  });

  it("is not started any more after an interruption", async () => {
    const pulumi = new FakePulumi({});
    const reason = new UserError("interrupted", { exit: "interrupted" });
    assert.equal(await errorOf(() => call(pulumi, "up", AbortSignal.abort(reason))), reason);
    assert.deepEqual(pulumi.calls(), []);
  });

  it("may be missing", async () => {
    setEnv({ PATH: scratchFolder() });
    await assert.rejects(cli.call(["up"], { folder: scratchFolder(), env: {} }), {
      name: "UserError",
      message: "there is no pulumi on PATH",
      hint: /https:\/\/www.pulumi.com\/docs\/install/,
    });
  });
});
