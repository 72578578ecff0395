import assert from "node:assert/strict";
import fc from "fast-check";
import type { Created } from "../../../../../sandbox/providers/plugin/provider.js";
import { Secret, Unknown, unwrap, type ValueMap } from "../../../../../sandbox/providers/plugin/values.js";
import { createRandomProvider } from "../../../../../sandbox/providers/random/provider.js";

const PASSWORD = "random:index/randomPassword:RandomPassword";
const STRING = "random:index/randomString:RandomString";
const ID = "random:index/randomId:RandomId";

const provider = createRandomProvider();
const resource = (type: string) => ({ urn: `urn:pulumi:s::p::${type}::x`, type, name: "x" });

const check = (type: string, inputs: ValueMap) =>
  provider.check({ ...resource(type), inputs, oldInputs: undefined, seed: new Uint8Array() });

async function create(type: string, inputs: ValueMap, preview = false): Promise<Created> {
  const checked = await check(type, inputs);
  assert.deepEqual(checked.failures, []);
  return provider.create({ ...resource(type), inputs: checked.inputs, preview, timeoutSeconds: 0 });
}

async function textOf(type: string, inputs: ValueMap): Promise<string> {
  return unwrap((await create(type, inputs)).state["result"] ?? null) as string;
}

async function changes(type: string, old: ValueMap, inputs: ValueMap): Promise<unknown[]> {
  const call = { ...resource(type), id: "i", oldInputs: old, state: old, inputs, ignoreChanges: [] };
  const { changes: found, deleteBeforeReplace } = await provider.diff(call);
  assert.equal(deleteBeforeReplace, false);
  return [...found].map(([path, { kind, replace }]) => `${kind}${replace ? "!" : ""} ${path}`);
}

describe("the random stand-in", () => {
  it("makes passwords: secret, and never their own id", async () => {
    const { id, state } = await create(PASSWORD, { length: 24 });
    assert.equal(id, "none");
    assert.ok(state["result"] instanceof Secret);
    assert.match(state["result"].value as string, /^[A-Za-z0-9!@#$%&*()\-_=+[\]{}<>:?]{24}$/);
  });

  it("makes strings: their own id", async () => {
    const { id, state } = await create(STRING, { length: 8, special: false });
    assert.equal(id, state["result"]);
    assert.match(id, /^[A-Za-z0-9]{8}$/);
  });

  it("makes ids in all forms of the same bytes", async () => {
    const { id, state } = await create(ID, { byteLength: 4, prefix: "p-" });
    const bytes = Buffer.from(id, "base64url");
    assert.equal(bytes.length, 4);
    const { hex, dec, b64Url, b64Std } = state;
    assert.deepEqual(
      { hex, dec, b64Url, b64Std },
      {
        hex: `p-${bytes.toString("hex")}`,
        dec: `p-${bytes.readUInt32BE()}`,
        b64Url: `p-${id}`,
        b64Std: `p-${bytes.toString("base64")}`,
      },
    );
  });

  it("makes another one each time", async () => {
    const made = await Promise.all(Array.from({ length: 50 }, () => textOf(PASSWORD, { length: 20 })));
    assert.equal(new Set(made).size, 50);
  });

  it("heeds length, classes and minimums, whatever they are", async () => {
    const minimum = fc.nat(4);
    const rules = fc.record({
      minLower: minimum,
      minUpper: minimum,
      minNumeric: minimum,
      minSpecial: minimum,
      extra: fc.nat(9),
    });
    await fc.assert(
      fc.asyncProperty(rules, async ({ extra, ...least }) => {
        const length = Math.max(1, least.minLower + least.minUpper + least.minNumeric + least.minSpecial + extra);
        const text = await textOf(STRING, { length, ...least, overrideSpecial: "_-" });
        assert.equal(text.length, length);
        const count = (letters: RegExp): number => [...text.matchAll(letters)].length;
        assert.ok(count(/[a-z]/g) >= least.minLower && count(/[A-Z]/g) >= least.minUpper, text);
        assert.ok(count(/[0-9]/g) >= least.minNumeric && count(/[_-]/g) >= least.minSpecial, text);
        assert.match(text, /^[A-Za-z0-9_-]*$/);
      }),
    );
  });

  for (const [what, inputs, allowed] of [
    ["only digits", { lower: false, upper: false, special: false }, /^[0-9]{30}$/],
    ["no digits, by the old name", { number: false, special: false }, /^[A-Za-z]{30}$/],
    ["no digits", { numeric: false, special: false }, /^[A-Za-z]{30}$/],
    ["only own special letters", { lower: false, upper: false, numeric: false, overrideSpecial: "%~" }, /^[%~]{30}$/],
  ] as const) {
    it(`takes ${what}`, async () => {
      assert.match(await textOf(STRING, { length: 30, ...inputs }), allowed);
    });
  }

  for (const [what, type, inputs, failures] of [
    ["no length", PASSWORD, {}, [["length", "is missing"]]],
    ["a length of 0", PASSWORD, { length: 0 }, [["length", "length is 0; it must be at least 1"]]],
    ["half a letter", STRING, { length: 1.5 }, [["length", "length is 1.5; it must be at least 1"]]],
    [
      "minimums that do not fit",
      PASSWORD,
      { length: 3, minLower: 2, minUpper: 2 },
      [["length", "length is 3; the minimums of its classes need at least 4"]],
    ],
    [
      "no letters at all",
      STRING,
      { length: 3, lower: false, upper: false, numeric: false, special: false },
      [["length", "no class of characters is allowed; allow lower, upper, numeric or special"]],
    ],
    ["no bytes", ID, { byteLength: 0 }, [["byteLength", "byteLength is 0; it must be at least 1"]]],
    [
      "what it does not know",
      ID,
      { byteLength: 1, lenght: 3 },
      [["lenght", "is not supported by the sandbox; supported are keepers, byteLength, prefix"]],
    ],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const { failures: found } = await check(type, inputs);
      assert.deepEqual(
        found.map(({ property, reason }) => [property, reason]),
        failures,
      );
    });
  }

  it("does not judge what is not known yet", async () => {
    assert.deepEqual((await check(PASSWORD, { length: Unknown.value })).failures, []);
  });

  it("changes nothing in place: a new keeper or rule makes a new one", async () => {
    const { inputs } = await check(PASSWORD, { length: 8, keepers: { a: "1" } });
    assert.deepEqual(await changes(PASSWORD, inputs, inputs), []);
    assert.deepEqual(await changes(PASSWORD, inputs, { ...inputs, keepers: { a: "2" } }), ["update! keepers"]);
    assert.deepEqual(await changes(PASSWORD, inputs, { ...inputs, keepers: undefined }), ["delete! keepers"]);
    assert.deepEqual(await changes(PASSWORD, inputs, { ...inputs, overrideSpecial: "_" }), ["add! overrideSpecial"]);
  });

  it("takes defaults that are written out for the same", async () => {
    assert.deepEqual(await changes(PASSWORD, { length: 8 }, { length: 8, special: true, minLower: 0 }), []);
  });

  it("makes nothing in a preview", async () => {
    const { id, state } = await create(STRING, { length: 8 }, true);
    assert.deepEqual([id, state["result"]], ["", Unknown.value]);
  });

  it("keeps on a refresh what it has, and imports nothing", async () => {
    const { id, state } = await create(STRING, { length: 8 });
    const call = { ...resource(STRING), id, inputs: { length: 8 }, state };
    assert.deepEqual(await provider.read(call), { id, inputs: { length: 8 }, state });
    await assert.rejects(async () => provider.read({ ...call, state: {} }), {
      message: "import of random resources is not supported by the sandbox: they exist in the state alone",
    });
  });

  it("names what it has when asked for something else", async () => {
    await assert.rejects(async () => check("random:index/randomPet:RandomPet", {}), {
      message: `random:index/randomPet:RandomPet is not supported by the sandbox; supported are ${PASSWORD}, ${STRING}, ${ID}`,
    });
  });
});
