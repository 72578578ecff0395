import assert from "node:assert/strict";
import fc from "fast-check";
import { suggest } from "../../suggest.js";

const KEYS = ["catalogue", "profile", "size", "start", "stop"] as const;

describe("suggestions for a mistyped word", () => {
  for (const [typed, meant] of [
    ["profil", "profile"],
    ["porfile", "profile"],
    ["Profile", "profile"],
    ["stpo", "stop"],
    ["sise", "size"],
    ["catalog", "catalogue"],
    ["katalogue", "catalogue"],
    ["owner", undefined],
    ["", undefined],
    ["sz", undefined],
  ] as const) {
    it(`take "${typed}" for ${meant ?? "nothing"}`, () => {
      assert.equal(suggest(typed, KEYS), meant);
    });
  }

  it("take the nearest, and the first of two that are as near", () => {
    assert.equal(suggest("stat", ["stop", "start", "star"]), "start");
    assert.equal(suggest("bat", ["cat", "hat"]), "cat");
  });

  it("are none when there is nothing to choose from", () => {
    assert.equal(suggest("profile", []), undefined);
  });

  it("find a word in which two neighbours are swapped, one letter is added, changed or left out", () => {
    const word = fc.stringMatching(/^[a-z]{6,12}$/);
    const edit = fc.constantFrom("swap", "add", "change", "drop");
    fc.assert(
      fc.property(word, fc.nat(5), edit, (text, place, how) => {
        const at = Math.min(place, text.length - 2);
        const [one = "", two = ""] = text.slice(at, at + 2);
        const middle = { swap: two + one, add: `${one}#${two}`, change: `#${two}`, drop: two }[how];
        const typed = text.slice(0, at) + middle + text.slice(at + 2);
        assert.equal(suggest(typed, [text]), text);
      }),
    );
  });

  it("are never a word of which more than a third is other letters", () => {
    const word = fc.stringMatching(/^[a-f]{3,9}$/);
    const foreign = fc.stringMatching(/^[u-z]{3,9}$/);
    fc.assert(
      fc.property(word, foreign, (candidate, typed) => {
        assert.equal(suggest(typed, [candidate]), undefined);
      }),
    );
  });
});
