import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { openStacks } from "../../../../ed8kctl/engine/automation.js";
import { UNUSED } from "../../../../ed8kctl/engine/stacks.js";
import { UserError } from "../../../../errors.js";
import { cleanUp, errorOf, scratchFolder, setEnv } from "../../sandbox/scratch.js";
import { deadEngine } from "./dead-engine.js";
import { abandonedLock, failing, failingUntil, FakePulumi, sending } from "./fake-pulumi.js";
import { locked, WORDS } from "./words.js";

const REFRESH = "refresh --yes --skip-preview --clear-pending-creates --stack alice";
const program = (): Promise<Record<string, unknown>> => Promise.resolve({});

/** What the Automation API says: words of ours, without those that it adds itself. */
function verbs(pulumi: FakePulumi): readonly string[] {
  return pulumi.calls().map((line) => line.replace(/^(up|destroy|preview) .*$/, "$1"));
}

describe("the stacks of a backend", () => {
  let temporary: string;
  beforeEach(() => {
    temporary = scratchFolder();
    setEnv({ TMPDIR: temporary, ED8K_CACHE: scratchFolder(), PULUMI_BACKEND_URL: "s3://state" });
  });
  afterEach(() => {
    assert.deepEqual(
      readdirSync(temporary).filter((name) => name.startsWith("ed8kctl-")),
      [],
    );
    cleanUp();
  });

  async function refused(work: Promise<unknown>): Promise<UserError> {
    const error = await errorOf(() => work);
    assert(error instanceof UserError, error.stack);
    return error;
  }

  it("are those of the backend that is chosen", () => {
    assert.equal(openStacks().backend, "s3://state");
  });

  describe("are made", () => {
    it("empty, with the passphrase of the others", async () => {
      const pulumi = new FakePulumi({ "stack init": 'cp Pulumi.alice.yaml "$dir/settings"' });
      assert.equal(await openStacks().create("alice", { salt: "v1:abc" }), true);
      assert.deepEqual(pulumi.calls(), ["stack init alice --no-select"]);
      assert.equal(pulumi.read("settings"), "encryptionsalt: v1:abc\n");
    });

    it("unless there is one of that name", async () => {
      new FakePulumi({ "stack init": failing(WORDS.existingStack) });
      assert.equal(await openStacks().create("alice"), false);
    });

    it("not with another passphrase", async () => {
      new FakePulumi({ "stack init": failing(WORDS.wrongPassphraseForNew) });
      const { message } = await refused(openStacks().create("alice", { salt: "v1:abc" }));
      assert.match(message, /^the passphrase is not the one/);
    });

    it("although a run was killed while it made one", async () => {
      const { file, refusing } = abandonedLock();
      const pulumi = new FakePulumi({ "stack init": refusing });
      assert.equal(await openStacks().create("alice"), true);
      assert.equal(existsSync(file), false);
      assert.deepEqual(pulumi.calls(), Array(2).fill("stack init alice --no-select"));
    });

    it("not where another run makes one just now, which is busy however often it is asked", async () => {
      const pulumi = new FakePulumi({ "stack init": failing(locked({ host: "laptop", pid: 1 })) });
      const { message, exit } = await refused(openStacks().create("alice"));
      assert.deepEqual([message, exit], ["alice is busy: an update by alice on laptop (pid 1) is running", "busy"]);
      assert.equal(pulumi.calls().length, 1);
    });

    it("not in a bucket in which a killed run has left its lock without a stack: it names the object", async () => {
      const refusal = locked({ url: "s3://state/.pulumi/locks/1.json", ...(await deadEngine("alice")) });
      new FakePulumi({ "stack init": failing(refusal), cancel: failing(WORDS.missingStack, 6) });
      const { hint } = await refused(openStacks().create("alice"));
      assert.equal(hint, "remove the lock s3://state/.pulumi/locks/1.json and run the command again");
    });
  });

  describe("tell", () => {
    it("the config of their last update", async () => {
      const write = "printf 'config:\\n  ed8k:size: l\\n  ed8k:start: [kafka-ui]\\n' > Pulumi.alice.yaml";
      const pulumi = new FakePulumi({ "config refresh": write });
      assert.deepEqual(await openStacks().config("alice"), { "ed8k:size": "l", "ed8k:start": '["kafka-ui"]' });
      assert.deepEqual(pulumi.calls(), ["config refresh --force --stack alice"]);
    });

    it("that they were never updated, or are not there", async () => {
      new FakePulumi({ "config refresh": failing(WORDS.neverUpdated) });
      assert.equal(await openStacks().config("alice"), UNUSED);
      new FakePulumi({ "config refresh": failing(WORDS.missingStack, 6) });
      assert.equal(await openStacks().config("alice"), undefined);
    });

    it("no config that is encrypted", async () => {
      const write = "printf 'config:\\n  ed8k:size:\\n    secure: v1:abc\\n' > Pulumi.alice.yaml";
      new FakePulumi({ "config refresh": write });
      assert.match((await refused(openStacks().config("alice"))).message, /ed8k:size is encrypted/);
    });

    it("outputs, without showing secrets", async () => {
      const pulumi = new FakePulumi({ "stack output": `echo '{"cluster":{"name":"dev"}}'` });
      assert.deepEqual(await openStacks().outputs("dev"), { cluster: { name: "dev" } });
      assert.deepEqual(pulumi.calls(), ["stack output --json --stack dev"]);
      new FakePulumi({ "stack output": failing(WORDS.missingStack, 6) });
      assert.equal(await openStacks().outputs("dev"), undefined);
    });

    it("what a passphrase is held against, and whether it is the right one", async () => {
      const state = { deployment: { secrets_providers: { type: "passphrase", state: { salt: "v1:abc" } } } };
      const pulumi = new FakePulumi({
        "stack export": `echo '${JSON.stringify(state)}'`,
        "config set": 'cp Pulumi.dev.yaml "$dir/settings"',
      });
      assert.equal(await openStacks().salt("dev"), "v1:abc");
      await openStacks().checkPassphrase("dev", "v1:abc");
      assert.equal(pulumi.read("settings"), "encryptionsalt: v1:abc\n");
      new FakePulumi({ "stack export": failing(WORDS.missingStack, 6), "config set": failing(WORDS.wrongPassphrase) });
      assert.equal(await openStacks().salt("dev"), undefined);
      assert.match((await refused(openStacks().checkPassphrase("dev", "v1:abc"))).message, /^the passphrase is not/);
    });

    it("in one sentence why they cannot be read", async () => {
      new FakePulumi({ "stack output": failing(WORDS.unreachableBucket) });
      assert.equal((await refused(openStacks().outputs("dev"))).message, "the backend s3://state cannot be read");
    });
  });

  describe("are brought to what a program says", () => {
    const config = { "ed8k:size": "l" };

    it("with their config, and no more calls than one", async () => {
      const pulumi = new FakePulumi({
        up: 'cp Pulumi.alice.yaml "$dir/settings"; echo "$ED8K_DRIVER" > "$dir/driver"',
      });
      assert.deepEqual(await openStacks().up("alice", { config, program }), {});
      assert.deepEqual(verbs(pulumi), ["up"]);
      assert.match(pulumi.calls()[0] ?? "", /--parallel 32/);
      assert.equal(pulumi.read("settings"), "config:\n  ed8k:size: l\n");
      assert.match(pulumi.read("driver"), new RegExp(`^{"pid":${process.pid},"startTime":"[^"]+"}\n$`));
    });

    it("and made where there are none", async () => {
      const pulumi = new FakePulumi({
        "stack init": 'touch "$dir/made"',
        up: failingUntil("made", WORDS.missingStack),
      });
      await openStacks().up("alice", { config, program });
      assert.deepEqual(verbs(pulumi), ["up", "stack init alice --no-select", "up"]);
    });

    it("after what a killed run has left: its lock alone is removed, its operations are looked up", async () => {
      const { file, refusing } = abandonedLock();
      const pulumi = new FakePulumi({ up: refusing });
      const told: string[] = [];
      await openStacks().up("alice", {
        config,
        program,
        onDiagnostic: (severity, text) => told.push(`${severity} ${text}`),
      });
      assert.deepEqual(verbs(pulumi), ["up", REFRESH, "up"]);
      assert.deepEqual(told, ["info an earlier run was killed; finishing what it began"]);
      assert.equal(existsSync(file), false);
    });

    it("after what a killed run has left in a bucket, by the engine's own cancel", async () => {
      const refusal = locked({ url: "s3://state/.pulumi/locks/1.json", ...(await deadEngine("alice")) });
      const pulumi = new FakePulumi({ up: failingUntil("free", refusal), cancel: 'touch "$dir/free"' });
      await openStacks().up("alice", { config, program });
      assert.deepEqual(verbs(pulumi), ["up", "cancel --yes --stack alice", REFRESH, "up"]);
    });

    it("by one of two runs that take over the same lock: the other is busy", async () => {
      const { refusing } = abandonedLock();
      const theirs = failing(locked({ user: "bob", host: "laptop", pid: 7 }));
      const pulumi = new FakePulumi({ up: refusing, refresh: theirs });
      const { message, exit } = await refused(openStacks().up("alice", { config, program }));
      assert.deepEqual([message, exit], ["alice is busy: an update by bob on laptop (pid 7) is running", "busy"]);
      assert.deepEqual(verbs(pulumi), ["up", REFRESH]);
    });

    it("and what an earlier run had begun is cleared up afterwards", async () => {
      const message = "Attempting to deploy or update resources with 1 pending operations from previous deployment.";
      const pulumi = new FakePulumi({ up: sending({ diagnosticEvent: { severity: "warning", message } }) });
      const told: string[] = [];
      await openStacks().up("alice", { config, program, onDiagnostic: (_, text) => told.push(text) });
      assert.deepEqual(verbs(pulumi), ["up", REFRESH]);
      assert.deepEqual(told, []);
    });

    it("until the run is interrupted", async () => {
      const controller = new AbortController();
      new FakePulumi({ up: "trap 'exit 1' INT; kill -USR2 $PPID; while :; do sleep 0.02; done" });
      process.once("SIGUSR2", () => controller.abort());
      const { message, exit, hint } = await refused(
        openStacks().up("alice", { config, program, signal: controller.signal }),
      );
      assert.equal(message, "interrupted: what was begun for alice is recorded, the rest is not done");
      assert.equal(exit, "interrupted");
      assert.equal(hint, "the same command again finishes it; ed8kctl destroy alice removes it");
    });
  });

  describe("are previewed", () => {
    it("as they are", async () => {
      const summary = sending({ summaryEvent: { resourceChanges: { create: 3, same: 1 } } });
      const pulumi = new FakePulumi({ preview: `echo "$PULUMI_BACKEND_URL" > "$dir/backend"; ${summary}` });
      assert.deepEqual(await openStacks().preview("alice", { config: {}, program }), { create: 3, same: 1 });
      assert.deepEqual(verbs(pulumi), ["config refresh --force --stack alice", "preview"]);
      assert.equal(pulumi.read("backend"), "s3://state\n");
    });

    it("in a backend of their own where they are not there, of which nothing is left", async () => {
      const note = 'echo "$PULUMI_BACKEND_URL" >> "$dir/backends"; pwd >> "$dir/folders"';
      const pulumi = new FakePulumi({
        "config refresh": failing(WORDS.missingStack, 6),
        "stack init": note,
        preview: `${note}; ${sending({ summaryEvent: { resourceChanges: { create: 4 } } })}`,
      });
      assert.deepEqual(await openStacks().preview("alice", { config: {}, program }), { create: 4 });
      const [folder = "", same] = pulumi.read("folders").trim().split("\n");
      assert.deepEqual(pulumi.read("backends").trim().split("\n"), [`file://${folder}`, `file://${folder}`]);
      assert.equal(same, folder);
      assert.equal(existsSync(folder), false);
    });
  });

  describe("are removed", () => {
    it("after their resources", async () => {
      const pulumi = new FakePulumi({});
      const stacks = openStacks();
      await stacks.destroy("alice", { config: {} });
      await stacks.remove("alice");
      assert.deepEqual(verbs(pulumi), ["destroy", "stack rm --yes --force --stack alice"]);
    });

    it("with their config, which the engine would forget otherwise", async () => {
      const pulumi = new FakePulumi({ destroy: 'cp Pulumi.alice.yaml "$dir/given"' });
      await openStacks().destroy("alice", { config: { "ed8k:owner": "carol", "ed8k:start": '["bos"]' } });
      assert.equal(pulumi.read("given"), "config:\n  ed8k:owner: carol\n  ed8k:start:\n    - bos\n");
    });

    it("silently where there are none, but their resources cannot be", async () => {
      new FakePulumi({ "stack rm": failing(WORDS.missingStack, 6), destroy: failing(WORDS.missingStack, 6) });
      await openStacks().remove("alice");
      const { message, exit } = await refused(openStacks().destroy("alice", { config: {} }));
      assert.deepEqual([message, exit], ["there is no environment alice", "notFound"]);
    });

    it("after a run that was killed while it removed them", async () => {
      const { refusing } = abandonedLock();
      const pulumi = new FakePulumi({ destroy: refusing, "stack rm": refusing });
      await openStacks().remove("alice");
      assert.deepEqual(verbs(pulumi), Array(2).fill("stack rm --yes --force --stack alice"));
    });

    it("not while another run updates them", async () => {
      new FakePulumi({ "stack rm": failing(locked({ host: "laptop", pid: 1 })) });
      assert.equal((await refused(openStacks().remove("alice"))).exit, "busy");
    });

    it("and made anew by the next update, without asking for them", async () => {
      const pulumi = new FakePulumi({});
      const stacks = openStacks();
      await stacks.remove("alice");
      await stacks.up("alice", { config: {}, program });
      assert.deepEqual(verbs(pulumi).slice(1), ["stack init alice --no-select", "up"]);
    });
  });
});
