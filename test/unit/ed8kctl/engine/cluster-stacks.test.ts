import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { openStacks } from "../../../../ed8kctl/engine/automation.js";
import { UserError } from "../../../../errors.js";
import { cleanUp, errorOf, scratchFolder, setEnv } from "../../sandbox/scratch.js";
import { abandonedLock, failing, FakePulumi } from "./fake-pulumi.js";
import { WORDS } from "./words.js";

const program = (): Promise<Record<string, unknown>> => Promise.resolve({});

async function refused(work: Promise<unknown>): Promise<UserError> {
  const error = await errorOf(() => work);
  assert.ok(error instanceof UserError, error.stack);
  return error;
}

describe("the stacks of clusters", () => {
  beforeEach(() => setEnv({ TMPDIR: scratchFolder(), ED8K_CACHE: scratchFolder(), PULUMI_BACKEND_URL: "s3://state" }));
  afterEach(cleanUp);

  it("are made with a key of a cloud that encrypts their secrets", async () => {
    const pulumi = new FakePulumi({ "stack init": '[ -e Pulumi.alice.yaml ] && touch "$dir/settings"; true' });
    await openStacks().create("alice", { provider: "awskms:///alias/ed8k-state?region=eu-west-1" });
    const [call] = pulumi.calls();
    assert.equal(call, "stack init alice --no-select --secrets-provider=awskms:///alias/ed8k-state?region=eu-west-1");
    assert.throws(() => pulumi.read("settings"));
  });

  it("tell how their last run ended", async () => {
    const update = {
      kind: "update",
      result: "failed",
      endTime: "2026-11-24T09:00:00Z",
      resourceChanges: { create: 2 },
    };
    const pulumi = new FakePulumi({ "stack history": `echo '${JSON.stringify([update])}'` });
    assert.deepEqual(await openStacks().lastUpdate("dev"), {
      kind: "update",
      succeeded: false,
      ended: "2026-11-24T09:00:00Z",
      changes: { create: 2 },
    });
    assert.deepEqual(pulumi.calls(), ["stack history --json --full-dates --page-size 1 --stack dev"]);
    new FakePulumi({ "stack history": failing(WORDS.missingStack, 6) });
    assert.equal(await openStacks().lastUpdate("dev"), undefined);
  });

  it("tell which of them there are", async () => {
    const pulumi = new FakePulumi({ "stack ls": `echo '[{"name":"dev","resourceCount":7}]'` });
    assert.deepEqual(await openStacks().list(), [{ name: "dev", resources: 7 }]);
    assert.deepEqual(pulumi.calls(), ["stack ls --json"]);
    new FakePulumi({ "stack ls": failing(WORDS.unreachableBucket) });
    assert.equal((await refused(openStacks().list())).message, "the backend s3://state cannot be read");
  });

  it("are previewed after a look at what there really is, where that is asked for", async () => {
    const pulumi = new FakePulumi({});
    await openStacks().preview("alice", { config: {}, program, refresh: true });
    await openStacks().preview("alice", { config: {}, program });
    const refreshing = pulumi
      .calls()
      .filter((call) => call.startsWith("preview"))
      .map((call) => /--refresh\b/.test(call));
    assert.deepEqual(refreshing, [true, false]);
  });

  const controller = new AbortController();
  const run = (signal = controller.signal) => openStacks().up("dev", { config: {}, program, kind: "cluster", signal });

  it("name the commands of clusters", async () => {
    new FakePulumi({ up: failing("error: no room") });
    assert.match((await refused(run())).hint ?? "", /; ed8kctl cluster status dev tells what there is now$/);
    new FakePulumi({ destroy: failing(WORDS.missingStack, 6) });
    const { message, hint } = await refused(openStacks().destroy("dev", { config: {}, kind: "cluster" }));
    assert.deepEqual([message, hint], ["there is no cluster dev", "ed8kctl cluster up dev makes it"]);
    new FakePulumi({ up: "trap 'exit 1' INT; kill -USR2 $PPID; while :; do sleep 0.02; done" });
    process.once("SIGUSR2", () => controller.abort());
    assert.equal(
      (await refused(run())).hint,
      "the same command again finishes it; ed8kctl cluster destroy dev removes it",
    );
  });

  it("may have their protection lifted, also where a killed run has left its lock", async () => {
    const { file, refusing } = abandonedLock();
    const pulumi = new FakePulumi({ "state unprotect": refusing });
    await openStacks().unprotect("dev");
    assert.deepEqual(pulumi.calls(), Array(2).fill("state unprotect --all --yes --stack dev"));
    assert.equal(existsSync(file), false);
  });
});
