import assert from "node:assert/strict";
import fc from "fast-check";
import { isSameDeal, parseDeal } from "../../../../services/fxsuite/src/deal.js";

const good = { id: "d1", pair: "EURUSD", side: "buy", amount: 1000.5, rate: 1.0931 } as const;
const parsed = (body: unknown) => parseDeal(body, () => "made-up");

describe("a deal that is asked for", () => {
  it("is taken as it is", () => {
    assert.deepEqual(parsed(good), { deal: good });
  });

  it("gets an id when it has none", () => {
    const { id: _, ...nameless } = good;
    assert.deepEqual(parsed(nameless), { deal: { ...good, id: "made-up" } });
  });

  it("is refused with all that is wrong with it", () => {
    assert.deepEqual(parsed({ id: "a b", pair: "EURUS", side: "by", amount: "1", rate: -1, x: 1 }), {
      faults: [
        "x is not known: known are id, pair, side, amount, rate",
        'id is "a b": it is 1 to 64 letters, digits, dots, dashes and underscores',
        'pair is "EURUS": it is two currencies, such as EURUSD',
        'side is "by": it is one of buy, sell',
        'amount is "1": it is a number above 0, below 1000000000000, of at most 2 decimals',
        "rate is -1: it is a number above 0, below 1000000, of at most 6 decimals",
      ],
    });
    assert.deepEqual(parsed({}), {
      faults: [
        "pair is missing: it is two currencies, such as EURUSD",
        "side is missing: it is one of buy, sell",
        "amount is missing: it is a number above 0, below 1000000000000, of at most 2 decimals",
        "rate is missing: it is a number above 0, below 1000000, of at most 6 decimals",
      ],
    });
  });

  for (const [what, change, fault] of [
    ["list", [], "the body is no JSON object with pair, side, amount and rate"],
    ["null", null, "the body is no JSON object with pair, side, amount and rate"],
    ["exchange of a currency for itself", { ...good, pair: "EUREUR" }, 'pair is "EUREUR": its currencies differ'],
    [
      "path instead of an id",
      { ...good, id: "../x" },
      'id is "../x": it is 1 to 64 letters, digits, dots, dashes and underscores',
    ],
    [
      "amount of 0",
      { ...good, amount: 0 },
      "amount is 0: it is a number above 0, below 1000000000000, of at most 2 decimals",
    ],
    [
      "tenth of a cent",
      { ...good, amount: 0.001 },
      "amount is 0.001: it is a number above 0, below 1000000000000, of at most 2 decimals",
    ],
    [
      "larger amount than the column holds",
      { ...good, amount: 1e12 },
      "amount is 1000000000000: it is a number above 0, below 1000000000000, of at most 2 decimals",
    ],
  ] as const) {
    it(`is no ${what}`, () => {
      assert.deepEqual(parsed(change), { faults: [fault] });
    });
  }

  it("has amounts that JSON and the column numeric(14, 2) both hold exactly", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 ** 14 - 1 }), (cents) => {
        const amount = cents / 100;
        assert.deepEqual(parsed({ ...good, amount }), { deal: { ...good, amount } });
        assert.equal(Number(amount.toFixed(2)), amount);
      }),
    );
  });
});

describe("the same deal", () => {
  const known = { ...good, bookedAt: "2026-11-24T09:00:00.000Z" };

  it("is one with the same content, whenever it was booked", () => {
    assert.equal(isSameDeal(known, good), true);
  });

  for (const change of [{ pair: "USDEUR" }, { side: "sell" }, { amount: 1000 }, { rate: 1 }] as const) {
    it(`differs by ${Object.keys(change).join()}`, () => {
      assert.equal(isSameDeal(known, { ...good, ...change }), false);
    });
  }
});
