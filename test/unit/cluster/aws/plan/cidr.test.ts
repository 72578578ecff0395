import assert from "node:assert/strict";
import fc from "fast-check";
import {
  addressesIn,
  type Block,
  contains,
  formatCidr,
  overlap,
  parseCidr,
  subBlock,
} from "../../../../../cluster/aws/plan/cidr.js";

const block: fc.Arbitrary<Block> = fc
  .tuple(fc.nat(2 ** 31 - 1), fc.boolean(), fc.integer({ min: 0, max: 32 }))
  .map(([low, high, prefix]) => {
    const address = low + (high ? 2 ** 31 : 0);
    return { first: address - (address % 2 ** (32 - prefix)), prefix };
  });

describe("blocks of addresses", () => {
  it("are read and written the same, up to the last address", () => {
    fc.assert(fc.property(block, (one) => assert.deepEqual(parseCidr(formatCidr(one)), one)));
    assert.deepEqual(parseCidr("255.255.255.255/32"), { first: 2 ** 32 - 1, prefix: 32 });
  });

  for (const text of ["10.64.0.0", "10.64.0.0/33", "10.256.0.0/16", "10.64.0/16", "10.64.1.0/16", "", "a.b.c.d/8"]) {
    it(`are not "${text}"`, () => {
      assert.equal(parseCidr(text), undefined);
    });
  }

  it("overlap exactly when one holds the other", () => {
    fc.assert(
      fc.property(block, block, (one, other) => {
        assert.equal(overlap(one, other), contains(one, other) || contains(other, one));
        assert.equal(overlap(one, other), overlap(other, one));
      }),
    );
  });

  it("are divided into parts that lie side by side and fill the whole", () => {
    fc.assert(
      fc.property(block, fc.integer({ min: 1, max: 6 }), (whole, bits) => {
        fc.pre(whole.prefix + bits <= 32);
        const parts = Array.from({ length: 2 ** bits }, (_, index) => subBlock(whole, whole.prefix + bits, index));
        assert.equal(
          parts.reduce((sum, part) => sum + addressesIn(part), 0),
          addressesIn(whole),
        );
        for (const [index, part] of parts.entries()) {
          assert.ok(contains(whole, part));
          const next = parts[index + 1];
          if (next !== undefined) assert.equal(next.first, part.first + addressesIn(part));
        }
      }),
    );
  });
});
