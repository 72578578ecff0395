import assert from "node:assert/strict";
import fc from "fast-check";
import { asGiven, isSame } from "../../../../../sandbox/providers/aws/meaning.js";

const policy = (statement: object) => JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
const scalars = fc.oneof(fc.string(), fc.integer(), fc.boolean());
const data = fc.dictionary(fc.string(), fc.oneof(scalars, fc.array(scalars), fc.dictionary(fc.string(), scalars)));

describe("two values of an AWS input", () => {
  for (const [title, one, other] of [
    ["numbers and their texts", { limit: "100.0", port: 443 }, { limit: "100", port: "443" }],
    ["lists in another order", ["a", "b"], ["b", "a"]],
    ["lists of maps in another order", [{ a: 1 }, { b: 2 }], [{ b: 2 }, { a: 1 }]],
    ["what is empty and what is not there", { tags: {}, list: [], gone: undefined, none: null }, undefined],
    ["spacing and order in JSON", '{"a": 1, "b": [2, 3]}', '{"b":[3,2],"a":1}'],
    [
      "one action and a list of one",
      policy({ Effect: "Allow", Action: ["sqs:*"], Resource: "*" }),
      policy({ Resource: ["*"], Action: "sqs:*", Effect: "Allow" }),
    ],
    ["a policy's empty condition", policy({ Effect: "Deny", Condition: {} }), policy({ Effect: "Deny" })],
  ] as const) {
    it(`are the same: ${title}`, () => assert.equal(isSame(one, other), true));
  }

  for (const [title, one, other] of [
    ["other actions", policy({ Action: "sqs:*" }), policy({ Action: ["sqs:*", "sns:*"] })],
    ["a list with one more", ["a"], ["a", "a"]],
    ["texts that look like numbers and are none", "010", "10"],
    ["long numbers that differ at the end", "12345678901234567", "12345678901234568"],
    ["an empty JSON text and nothing", "{}", undefined],
    ["an empty text and nothing", "", undefined],
    ["false and nothing", false, undefined],
    ["text that only begins as JSON", "{a", "{b"],
    ["a list of one and its item", ["a"], "a"],
  ] as const) {
    it(`differ: ${title}`, () => assert.equal(isSame(one, other), false));
  }

  it("are the same when they are the same, and in any order of keys", () => {
    fc.assert(
      fc.property(data, (value) => {
        const turned = Object.fromEntries(Object.entries(value).reverse());
        assert.equal(isSame(value, turned), true);
        assert.equal(isSame(turned, value), true);
      }),
    );
  });
});

describe("a live value beside the given one", () => {
  it("is the given one whatever AWS added inside its maps", () => {
    fc.assert(
      fc.property(data, data, (given, added) => {
        const live = { ...added, ...given };
        assert.equal(asGiven(live, given), given);
      }),
    );
  });

  for (const [title, live, given, expected] of [
    [
      "keeps what differs, without what AWS added",
      { a: 2, b: { c: 1, d: 2 }, e: 3 },
      { a: 1, b: { c: 1 } },
      { a: 2, b: { c: 1 } },
    ],
    ["leaves out what is gone", { a: 1 }, { a: 1, b: 2 }, { a: 1 }],
    [
      "finds given items in a list that grew",
      [{ name: "b", more: 1 }, { name: "c" }],
      [{ name: "b" }],
      [{ name: "b" }, { name: "c" }],
    ],
    ["is the live text where it differs", "b", "a", "b"],
  ] as const) {
    it(title, () => assert.deepEqual(asGiven(live, given), expected));
  }
});
