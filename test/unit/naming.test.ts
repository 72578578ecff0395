import assert from "node:assert/strict";
import fc from "fast-check";
import {
  clusterBucketName,
  clusterName,
  clusterNameProblem,
  clusterPartName,
  environmentNameProblem,
  hostName,
  hostSuffix,
  OWNER,
  ownerLabel,
  ownerOfLabel,
  physicalName,
  repositoryName,
  runPodName,
  STATE_KEY_ALIAS,
  stateBucketName,
  type NameKind,
} from "../../naming.js";

const LIMITS: Record<NameKind, { length: number; alphabet: RegExp }> = {
  label: { length: 63, alphabet: /^[a-z0-9-]+$/ },
  statefulSet: { length: 52, alphabet: /^[a-z0-9-]+$/ },
  topic: { length: 249, alphabet: /^[a-zA-Z0-9.-]+$/ },
  queue: { length: 80, alphabet: /^[a-zA-Z0-9_-]+$/ },
  fifoQueue: { length: 75, alphabet: /^[a-zA-Z0-9_-]+$/ },
  snsTopic: { length: 256, alphabet: /^[a-zA-Z0-9_-]+$/ },
  bucket: { length: 63, alphabet: /^[a-z0-9-]+$/ },
  table: { length: 255, alphabet: /^[a-zA-Z0-9_.-]+$/ },
};
const KINDS = Object.keys(LIMITS) as NameKind[];

const environment = fc
  .stringMatching(/^[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,5}){0,2}$/)
  .filter((name) => environmentNameProblem(name) === undefined);
const name = fc.oneof(fc.stringMatching(/^[a-zA-Z0-9_.-]{1,40}$/), fc.stringMatching(/^[a-z0-9-]{100,300}$/));

describe("naming", () => {
  it("keeps every name within its kind's limit and alphabet, with the environment's prefix [row 60]", () => {
    fc.assert(
      fc.property(fc.constantFrom(...KINDS), environment, name, (kind, env, own) => {
        const made = physicalName(kind, env, own);
        assert.ok(made.length <= LIMITS[kind].length, `${made} has ${made.length} letters`);
        assert.match(made, LIMITS[kind].alphabet);
        assert.ok(made.startsWith(kind === "topic" ? `${env}.` : `${env}--`), made);
      }),
      { numRuns: 2000 },
    );
  });

  it("never gives two things one name", () => {
    const seen = new Map<string, string>();
    fc.assert(
      fc.property(fc.constantFrom(...KINDS), environment, name, (kind, env, own) => {
        const key = `${kind} ${physicalName(kind, env, own)}`;
        const before = seen.get(key) ?? `${env}/${own}`;
        assert.equal(before, `${env}/${own}`);
        seen.set(key, before);
      }),
      { numRuns: 5000 },
    );
  });

  it("pins names: a changed one would lose what it named", () => {
    assert.equal(physicalName("queue", "alice", "bos-jobs"), "alice--bos-jobs");
    assert.equal(physicalName("topic", "alice", "trades"), "alice.trades");
    assert.equal(runPodName("bos", "0123abcd"), "bos-run-0123abcd");
    assert.equal(physicalName("topic", "alice", "fx_trades"), "alice.fx-trades-595bf3bb");
    assert.equal(physicalName("bucket", "alice-2", "bos-files"), "alice-2--bos-files");
    assert.equal(physicalName("bucket", "alice", "b".repeat(60)), `alice--${"b".repeat(47)}-5993de02`);
    assert.equal(hostName("bos", "alice", "dev.example.com"), "bos--alice.dev.example.com");
  });

  it("gives hosts that end in the environment, however long the front is, and never one host to two", () => {
    const seen = new Map<string, string>();
    fc.assert(
      fc.property(fc.oneof(name, fc.stringMatching(/^[a-z]{35,80}$/)), environment, (service, env) => {
        const host = hostName(service, env, "dev.example.com");
        assert.ok(host.endsWith(hostSuffix(env, "dev.example.com")), host);
        const [label = ""] = host.split(".");
        assert.ok(label.length <= 63, `${label} has ${label.length} letters`);
        const before = seen.get(host) ?? `${service}/${env}`;
        assert.equal(before, `${service}/${env}`);
        seen.set(host, before);
      }),
      { numRuns: 2000 },
    );
    assert.equal(hostName("s".repeat(41), "e".repeat(20), "x.y"), `${"s".repeat(41)}--${"e".repeat(20)}.x.y`);
    assert.equal(hostName("s".repeat(42), "e".repeat(20), "x.y"), `${"s".repeat(32)}-7bbed07d--${"e".repeat(20)}.x.y`);
  });

  it("keeps alice and alice-2 apart: no pattern of one covers the other", () => {
    assert.ok(!physicalName("queue", "alice-2", "x").startsWith("alice--"));
    assert.ok(!physicalName("topic", "alice-2", "x").startsWith("alice."));
  });

  for (const good of ["alice", "pr-abc-12", "a", "a1-2-b", "x".repeat(20)]) {
    it(`takes ${good} for an environment`, () => assert.equal(environmentNameProblem(good), undefined));
  }
  const bad: [string, RegExp][] = [
    ["", /no name/],
    ["--help", /beginning with a letter/],
    ["..", /beginning with a letter/],
    ["Alice", /lower-case/],
    ["a--b", /single dashes/],
    ["a-", /single dashes/],
    ["1a", /beginning with a letter/],
    ["x".repeat(21), /21 characters, at most 20/],
    ["x".repeat(64), /64 characters, at most 20/],
    ["default", /reserved/],
    ["dev", /reserved/],
    ["kube-x", /reserved/],
    ["ed8k-shared", /reserved/],
  ];
  for (const [wrong, why] of bad) {
    it(`refuses "${wrong}" for an environment`, () => assert.match(environmentNameProblem(wrong) ?? "", why));
  }

  it("pins the names of what a cluster stack makes on AWS", () => {
    assert.equal(clusterName("dev"), "ed8k-dev");
    assert.equal(clusterPartName("dev", "karpenter-node"), "ed8k-dev-karpenter-node");
    // Two clusters of one account have repositories of the same services.
    assert.equal(repositoryName("dev", "bos"), "ed8k-dev/bos");
    const place = { account: "111122223333", region: "eu-west-1" };
    assert.equal(clusterBucketName("dev", "datasets", place), "ed8k-dev-datasets-111122223333-eu-west-1");
    // The longest stack name in the longest region is still a bucket's name.
    const longest = clusterBucketName("a".repeat(20), "datasets", { ...place, region: "ap-southeast-1" });
    assert.equal(longest.length, 62);
    assert.equal(stateBucketName(place), "ed8k-state-111122223333-eu-west-1");
    assert.equal(STATE_KEY_ALIAS, "alias/ed8k-state");
    assert.match(clusterNameProblem("a".repeat(21)) ?? "", /^"a{21}" is no name for a cluster stack: it has 21 char/);
    assert.match(clusterNameProblem("Dev") ?? "", /^"Dev" is no name for a cluster stack: allowed are lower-case/);
    assert.equal(clusterNameProblem("dev"), undefined);
  });

  it("writes owners into labels and reads them back, e-mail addresses too", () => {
    const owner = fc
      .stringMatching(/^[A-Za-z0-9_-]{1,8}([.@][A-Za-z0-9_-]{1,8}){0,3}$/)
      .filter((name) => OWNER.test(name) && ownerLabel(name).length <= 63);
    fc.assert(
      fc.property(owner, (name) => {
        assert.match(ownerLabel(name), /^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/);
        assert.equal(ownerOfLabel(ownerLabel(name)), name);
      }),
    );
    assert.equal(ownerLabel("ann.lee@example.com"), "ann.lee..example.com");
    const refused = ["a..b", "a@", "@a", "a@b@c", "a.@b", "a@.b", ".a", "a.", "a-", "_a", "a b", ""];
    assert.deepEqual(
      refused.filter((name) => OWNER.test(name)),
      [],
    );
  });
});
