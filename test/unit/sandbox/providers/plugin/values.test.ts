import assert from "node:assert/strict";
import fc from "fast-check";
import structs from "google-protobuf/google/protobuf/struct_pb.js";
import {
  fromStruct,
  hasSecret,
  hasUnknown,
  reveal,
  Secret,
  secretTexts,
  toJson,
  toStruct,
  Unknown,
  unwrap,
  type Value,
  type ValueMap,
} from "../../../../../sandbox/providers/plugin/values.js";

const UNKNOWN = Unknown.value;
const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** As the engine writes it. */
const wire = (value: Record<string, structs.JavaScriptValue>): ValueMap =>
  fromStruct(structs.Struct.fromJavaScript(value));

describe("property values", () => {
  it("are read from the engine's messages: secrets, unknowns and outputs", () => {
    const output = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
    assert.deepEqual(
      wire({
        plain: [1, "x", null, true],
        secret: { [SIGNATURE]: "1b47061264138c4ac30d75fd1eb44270", value: { k: "v" } },
        unknown: "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
        output: { [SIGNATURE]: output, value: "v", secret: true },
        unknownOutput: { [SIGNATURE]: output },
      }),
      {
        plain: [1, "x", null, true],
        secret: new Secret({ k: "v" }),
        unknown: UNKNOWN,
        output: new Secret("v"),
        unknownOutput: UNKNOWN,
      },
    );
  });

  it("are empty where there is no message", () => {
    assert.deepEqual(fromStruct(undefined), {});
  });

  it("come back the same after they were written, whatever they are", () => {
    const { value } = fc.letrec<{ value: Value; map: Record<string, Value> }>((tie) => ({
      value: fc.oneof(
        { depthSize: "small" },
        fc.constant(null),
        fc.boolean(),
        fc.integer(),
        fc.string(),
        fc.constant(UNKNOWN),
        fc.array(tie("value"), { maxLength: 3 }),
        tie("map"),
        tie("value").map((inner) => new Secret(inner)),
      ),
      map: fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), tie("value"), { maxKeys: 3, noNullPrototype: true }),
    }));
    fc.assert(
      fc.property(value, (any) => {
        assert.deepEqual(fromStruct(toStruct({ any })), { any });
      }),
    );
  });

  it("leave out what is undefined when they are written", () => {
    assert.deepEqual(fromStruct(toStruct({ a: undefined, b: { c: undefined, d: 1 } })), { b: { d: 1 } });
  });

  const mixed: ValueMap = { a: new Secret({ b: ["s", UNKNOWN, 1] }), c: UNKNOWN, d: "plain" };

  it("become JSON without wrapping and without what is unknown", () => {
    assert.deepEqual(toJson(mixed), { a: { b: ["s", 1] }, d: "plain" });
    assert.equal(toJson(UNKNOWN), null);
  });

  it("are opened: the outermost secret, or all", () => {
    assert.equal(reveal(new Secret(new Secret("s"))), "s");
    assert.deepEqual(unwrap(mixed), { a: { b: ["s", UNKNOWN, 1] }, c: UNKNOWN, d: "plain" });
  });

  it("tell what is in them, however deep", () => {
    assert.deepEqual([mixed, { a: [{ b: UNKNOWN }] }, { a: 1 }, undefined].map(hasUnknown), [true, true, false, false]);
    assert.deepEqual([mixed, { a: [new Secret(1)] }, { a: UNKNOWN }].map(hasSecret), [true, true, false]);
    assert.deepEqual(secretTexts(mixed), ["s", "1"]);
  });
});
