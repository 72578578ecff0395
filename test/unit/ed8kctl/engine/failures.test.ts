import assert from "node:assert/strict";
import { CliFailure } from "../../../../ed8kctl/engine/cli.js";
import { explainFailure, isExistingStack, isLocked, isMissingStack } from "../../../../ed8kctl/engine/failures.js";
import { cleanUp, setEnv } from "../../sandbox/scratch.js";
import { locked, WORDS } from "./words.js";

const failure = (stderr: string, stdout = ""): CliFailure => new CliFailure("up", { stdout, stderr, code: 1 });

describe("what the engine says before it begins", () => {
  beforeEach(() => setEnv({ PULUMI_BACKEND_URL: "file:///srv/missing", PULUMI_CONFIG_PASSPHRASE_FILE: "/srv/none" }));
  afterEach(cleanUp);

  const cases: Readonly<Record<string, readonly [words: readonly string[], message: string, hint: RegExp]>> = {
    "a missing file with the passphrase": [
      [WORDS.noPassphraseFile],
      "the passphrase's file /srv/none cannot be read",
      /set PULUMI_CONFIG_PASSPHRASE_FILE/,
    ],
    "a wrong passphrase": [
      [WORDS.wrongPassphrase, WORDS.wrongPassphraseForNew],
      "the passphrase is not the one that the stacks of this backend were made with",
      /set PULUMI_CONFIG_PASSPHRASE_FILE/,
    ],
    "no passphrase": [
      [WORDS.noPassphrase, WORDS.noPassphraseOfStack],
      "alice needs a passphrase for its secrets, and none is set",
      /set PULUMI_CONFIG_PASSPHRASE_FILE/,
    ],
    "a backend that wants a login": [
      [WORDS.noLogin],
      "the backend file:///srv/missing wants a login, or is none that pulumi knows",
      /pulumi login/,
    ],
    "a backend that is not there": [
      [WORDS.missingFolder, WORDS.unreachableBucket, WORDS.unreachableService],
      "the backend file:///srv/missing cannot be read",
      /ed8kctl doctor/,
    ],
  };
  for (const [about, [words, message, hint]] of Object.entries(cases)) {
    it(`is told in our words: ${about}`, () => {
      for (const stderr of words)
        assert.equal(explainFailure("alice", failure(stderr), { errors: [] }).message, message);
      assert.match(explainFailure("alice", failure(words[0] ?? ""), { errors: [] }).hint ?? "", hint);
    });
  }

  it("tells that no backend was chosen at all", () => {
    setEnv({ PULUMI_BACKEND_URL: undefined, PULUMI_HOME: "/nowhere" });
    const { message } = explainFailure("dev", failure(WORDS.noLogin), { errors: [] });
    assert.equal(message, "no backend is chosen in which stacks are kept");
  });

  it("is not taken for what a provider or a chart says", () => {
    const said = "Kubernetes: exec plugin: fork/exec aws: no such file or directory; incorrect passphrase of a key";
    const told = explainFailure("alice", failure("error: update failed"), { errors: [said] });
    assert.equal(told.message, `alice: ${said}`);
    assert.equal(
      explainFailure("alice", failure(`error: update failed\n  ${said}`), { errors: [] }).message,
      "alice: update failed",
    );
  });
});

describe("what stopped the engine", () => {
  it("is recognised by its own words", () => {
    const table = [WORDS.missingStack, WORDS.existingStack, locked({ pid: 1 }), WORDS.conflict, WORDS.neverUpdated].map(
      (words) => [isMissingStack(failure(words)), isExistingStack(failure(words)), isLocked(failure(words))],
    );
    assert.deepEqual(table, [
      [true, false, false],
      [false, true, false],
      [false, false, true],
      [false, false, true],
      [false, false, false],
    ]);
  });

  it("is busy where another update holds the lock", () => {
    const here = explainFailure("alice", failure(locked({ pid: 12 })), { errors: [] });
    const there = explainFailure("alice", failure(locked({ user: "bob", host: "laptop", pid: 12 })), { errors: [] });
    assert.deepEqual([here.message, here.exit], ["alice is busy: an update by alice (pid 12) is running", "busy"]);
    assert.equal(there.message, "alice is busy: an update by bob on laptop (pid 12) is running");
    const service = explainFailure("alice", failure(WORDS.conflict), { errors: [] });
    assert.deepEqual([service.message, service.exit], ["alice is busy: another update is running", "busy"]);
  });

  it("is the first error, without those that only follow from it", () => {
    const events = ["grpc: the client connection is closing", "no such image", "update failed", "another"];
    const { message, hint, exit } = explainFailure("alice", failure("error: update failed"), { errors: events });
    assert.equal(message, "alice: no such image (and 1 more, told above)");
    assert.match(hint ?? "", /ed8kctl show alice/);
    assert.equal(exit, "failed");
  });

  it("is the engine's last word where there was no event", () => {
    const words = (stderr: string, stdout = ""): string =>
      explainFailure("alice", failure(stderr, stdout), { errors: [] }).message;
    assert.equal(words("warning: old\nerror: decoding failed\n"), "alice: decoding failed");
    assert.equal(words("", "first\nlast\n\n"), "alice: last");
    assert.equal(words("\n"), "alice: the engine failed without a word");
  });
});
