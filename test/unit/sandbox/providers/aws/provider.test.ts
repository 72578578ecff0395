import assert from "node:assert/strict";
import { UserError } from "../../../../../errors.js";
import { InitializationError } from "../../../../../sandbox/providers/plugin/provider.js";
import { Secret, Unknown } from "../../../../../sandbox/providers/plugin/values.js";
import { ACCOUNT, awsError, FakeEngine } from "./fake.js";

const ARN = `arn:aws:test:eu-west-1:${ACCOUNT}:thing/thing-1`;
const supported = "is not supported by the sandbox; supported are name, size, policy, subnetIds, network, tags";

describe("the aws stand-in: check", () => {
  it("completes inputs, and leaves out what the engine adds and what is null", async () => {
    const { inputs, failures } = await new FakeEngine().check({ name: "a", policy: null, __defaults: [] });
    assert.deepEqual(inputs, { name: "a", size: 1 });
    assert.deepEqual(failures, []);
  });

  it("refuses by name what it does not have, and what lacks", async () => {
    const { failures } = await new FakeEngine().check({ colour: "red" });
    assert.deepEqual(failures, [
      { property: "colour", reason: supported },
      { property: "name", reason: "is missing; aws:test/thing:Thing cannot be made without it in the sandbox" },
    ]);
  });

  it("takes what is not known yet as given", async () => {
    assert.deepEqual((await new FakeEngine().check({ name: Unknown.value })).failures, []);
  });

  it("gives no name of its own to what must have one", async () => {
    const engine = new FakeEngine();
    assert.equal((await engine.check({})).inputs["name"], undefined);
  });

  it("gives an autonamed kind a name that stays: the same in preview and update, and kept later", async () => {
    const engine = new FakeEngine();
    Object.assign(engine.aws.kind, { isAutonamed: true });
    const { inputs } = await engine.check({});
    assert.match(inputs["name"] as string, /^one-[0-9a-f]{7}$/);
    assert.deepEqual((await engine.check({})).inputs, inputs);
    assert.deepEqual((await engine.check({}, { name: "one-0000000" })).inputs["name"], "one-0000000");
    assert.deepEqual((await engine.check({ name: "own" }, inputs)).inputs["name"], "own");
  });

  it("refuses types that the sandbox does not have", async () => {
    const { provider, resource } = new FakeEngine();
    const call = {
      ...resource,
      type: "aws:rds/cluster:Cluster",
      inputs: {},
      oldInputs: undefined,
      seed: new Uint8Array(),
    };
    await assert.rejects(provider.check(call), /aws:rds\/cluster:Cluster/);
  });
});

describe("the aws stand-in: diff", () => {
  const engine = new FakeEngine();
  const before = { name: "a", size: 1, tags: { a: "1", b: "2" }, network: { zone: "x", speed: 1 } };

  for (const [title, inputs, expected] of [
    ["nothing", before, []],
    ["an input that updates", { ...before, size: 2 }, ["update size"]],
    ["an input that replaces", { ...before, name: "b" }, ["update! name", "delete before replace"]],
    ["tags, one by one", { ...before, tags: { b: "3", c: "4" } }, ["delete tags.a", "update tags.b", "add tags.c"]],
    ["tags that go", { ...before, tags: undefined }, ["delete tags"]],
    ["a place inside an input", { ...before, network: { zone: "x", speed: 2 } }, ["update network.speed"]],
    [
      "a place inside an input that replaces",
      { ...before, network: { zone: "y", speed: 1 } },
      ["update! network.zone", "delete before replace"],
    ],
    ["an input that comes", { ...before, policy: "{}" }, ["add policy"]],
    ["what is not known yet", { ...before, size: Unknown.value }, ["update size"]],
    ["a replacing input not known yet", { ...before, name: Unknown.value }, ["update! name", "delete before replace"]],
    ["a secret of the same value", { ...before, size: new Secret(1) }, []],
  ] as const) {
    it(`tells ${title}`, async () => assert.deepEqual(await engine.diff(before, inputs), expected));
  }

  it("compares policies and sets by meaning", async () => {
    const policy = (Action: unknown) =>
      JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action }] });
    const old = { name: "a", subnetIds: ["s-1", "s-2"], policy: policy(["a:B", "a:C"]) };
    assert.deepEqual(await engine.diff(old, { ...old, subnetIds: ["s-2", "s-1"], policy: policy(["a:C", "a:B"]) }), []);
    assert.deepEqual(await engine.diff(old, { ...old, policy: policy("a:B") }), ["update policy"]);
    assert.deepEqual(await engine.diff(old, { ...old, subnetIds: ["s-1"] }), ["update subnetIds"]);
  });
});

describe("the aws stand-in: create", () => {
  it("keeps what AWS says and, of the inputs, the program's own words", async () => {
    const engine = new FakeEngine();
    const { id, state } = await engine.create({ name: "a", network: { zone: "x" }, tags: { a: "1" } });
    assert.equal(id, "thing-1");
    assert.deepEqual(state, {
      name: "a",
      size: 1,
      network: { zone: "x", address: "10.0.0.1", quota: 5 },
      tags: { a: "1" },
      tagsAll: { a: "1" },
      arn: ARN,
      engine: "own",
    });
    assert.deepEqual(engine.aws.calls, ["create", "settle", "read"]);
  });

  it("says in a preview what is not known, and calls nothing", async () => {
    const engine = new FakeEngine();
    const { state } = await engine.create({ name: "a", network: { zone: "x" } }, true);
    const network = { zone: "x", address: Unknown.value };
    assert.deepEqual(state, { name: "a", size: 1, network, arn: Unknown.value });
    assert.deepEqual(engine.aws.calls, []);
  });

  it("hides in the state what was secret among the inputs", async () => {
    const { state } = await new FakeEngine().create({ name: "a", policy: new Secret("hidden") });
    assert.deepEqual(state["policy"], new Secret("hidden"));
  });

  it("tells AWS' own code and words, and what was being done", async () => {
    const engine = new FakeEngine();
    engine.aws.failures.set("create", awsError("VpcLimitExceeded", "The maximum number of VPCs has been reached."));
    await assert.rejects(engine.create({ name: "a" }), {
      message: `creating aws:test/thing:Thing: VpcLimitExceeded: The maximum number of VPCs has been reached.`,
    });
  });

  it("keeps what was made but is not usable, and makes it usable in the next update", async () => {
    const engine = new FakeEngine();
    engine.aws.failures.set("settle", new UserError("Waited 900 s for thing thing-1, in vain"));
    const failure: unknown = await engine.create({ name: "a" }).catch((error: unknown) => error);
    assert.ok(failure instanceof InitializationError);
    assert.equal(failure.id, "thing-1");
    assert.deepEqual(failure.state, { name: "a", size: 1 });
    assert.deepEqual(failure.reasons, [
      "aws:test/thing:Thing thing-1 was made, but is not usable: Waited 900 s for thing thing-1, in vain",
    ]);
    engine.aws.calls.length = 0;
    const inputs = { name: "a", size: 1 };
    const state = await engine.update({ id: "thing-1", inputs, state: failure.state }, inputs);
    assert.equal(state["arn"], ARN);
    assert.deepEqual(engine.aws.calls, ["update", "settle", "read"]);
  });
});

describe("the aws stand-in: read", () => {
  it("finds no drift right after an update, though AWS says more than it was told", async () => {
    const engine = new FakeEngine();
    const { id, inputs, state } = await engine.create({ name: "a", network: { zone: "x" } });
    assert.deepEqual(await engine.read(id, inputs, state), { id, inputs, state });
  });

  it("sees drift: changed, gone, and tags that somebody put there", async () => {
    const engine = new FakeEngine();
    const { id, inputs, state } = await engine.create({ name: "a", policy: "{}", network: { zone: "x" } });
    engine.aws.things.set(id, { name: "a", size: 7, network: { zone: "y" }, tags: { by: "hand" } });
    const found = await engine.read(id, inputs, state);
    assert.deepEqual(found?.inputs, { name: "a", size: 7, network: { zone: "y" }, tags: { by: "hand" } });
    assert.deepEqual(await engine.diff(found?.inputs ?? {}, inputs), [
      "update size",
      "add policy",
      "update! network.zone",
      "delete tags",
      "delete before replace",
    ]);
  });

  it("keeps hidden what was secret, also when it has changed", async () => {
    const engine = new FakeEngine();
    const { id, inputs, state } = await engine.create({ name: "a", policy: new Secret("old") });
    engine.aws.things.set(id, { name: "a", size: 1, policy: "new" });
    assert.deepEqual((await engine.read(id, inputs, state))?.inputs["policy"], new Secret("new"));
  });

  it("imports by the id alone, and finds nothing that is gone", async () => {
    const engine = new FakeEngine();
    const { id, state } = await engine.create({ name: "a", tags: { a: "1" } });
    assert.deepEqual(await engine.read(id), { id, inputs: { name: "a", size: 1, tags: { a: "1" } }, state });
    assert.equal(await engine.read("thing-9"), undefined);
  });
});

describe("the aws stand-in: update and delete", () => {
  it("changes in place, and forgets inputs that are no longer given", async () => {
    const engine = new FakeEngine();
    const made = await engine.create({ name: "a", policy: "{}", tags: { a: "1" } });
    assert.deepEqual(await engine.update(made, { name: "a", size: 2 }), {
      name: "a",
      size: 2,
      arn: ARN,
      engine: "own",
    });
  });

  it("says in a preview what stays known", async () => {
    const engine = new FakeEngine();
    const made = await engine.create({ name: "a", network: { zone: "x" } });
    engine.aws.calls.length = 0;
    const network = { zone: "x", speed: 2 };
    assert.deepEqual(await engine.update(made, { name: "a", size: Unknown.value, network }, true), {
      name: "a",
      size: Unknown.value,
      network: { ...network, address: "10.0.0.1" },
      arn: ARN,
    });
    assert.deepEqual(engine.aws.calls, []);
  });

  it("leaves the state as it was when AWS refuses a change", async () => {
    const engine = new FakeEngine();
    const made = await engine.create({ name: "a" });
    engine.aws.failures.set("update", awsError("InvalidParameter", "size is too large"));
    const failure: unknown = await engine.update(made, { name: "a", size: 9 }).catch((error: unknown) => error);
    assert.ok(failure instanceof Error && !(failure instanceof InitializationError));
    assert.equal(failure.message, "updating aws:test/thing:Thing thing-1: InvalidParameter: size is too large");
  });

  it("removes", async () => {
    const engine = new FakeEngine();
    const { id, state } = await engine.create({ name: "a" });
    await engine.delete(id, state);
    assert.deepEqual([...engine.aws.things], []);
  });
});

describe("the aws stand-in: account and cancel", () => {
  it("refuses an account that is not allowed before anything is called", async () => {
    const engine = new FakeEngine({ region: "eu-west-1", allowedAccountIds: '["999988887777"]' });
    const refused = new UserError(`AWS account ID not allowed: ${ACCOUNT}; allowed are 999988887777`, {
      hint: "Use credentials of an allowed account, or correct ed8k:aws.accounts",
    });
    await assert.rejects(engine.create({ name: "a" }), refused);
    await assert.rejects(engine.read("thing-1"), refused);
    assert.deepEqual(engine.aws.calls, []);
  });

  it("works in one that is", async () => {
    const engine = new FakeEngine({ region: "eu-west-1", allowedAccountIds: JSON.stringify([ACCOUNT]) });
    assert.equal((await engine.create({ name: "a" })).id, "thing-1");
  });

  it("says what to look at when the emulator does not answer", async () => {
    const refused = Object.assign(new AggregateError([]), { code: "ECONNREFUSED" });
    const engine = new FakeEngine({ region: "eu-west-1" }, () => Promise.reject(refused));
    const reason = "AggregateError: ECONNREFUSED";
    await assert.rejects(
      engine.create({ name: "a" }),
      new UserError(`The sandbox's AWS emulator does not say whose credentials are in use: ${reason}`, {
        hint: "See `ed8kctl sandbox status`",
        cause: refused,
      }),
    );
  });

  it("ends waits when the engine cancels", () => {
    const { provider, signals } = new FakeEngine();
    assert.deepEqual(
      signals.map(({ aborted }) => aborted),
      [false],
    );
    provider.cancel();
    assert.deepEqual(
      signals.map(({ aborted }) => aborted),
      [true],
    );
  });

  it("has no functions", async () => {
    await assert.rejects(new FakeEngine().provider.invoke("aws:index/getRegion:getRegion", {}), {
      message: "aws:index/getRegion:getRegion is no function of the sandbox's aws provider",
    });
  });
});
