import assert from "node:assert/strict";
import fc from "fast-check";
import type { ResourceClaim } from "../../../services/claims.js";
import { parsePlaceholders, placeholderProblems } from "../../../services/placeholders.js";

const CLAIMS = {
  db: { type: "postgres", params: { version: "17", size: "s", datasets: {} } },
  cache: { type: "redis", params: { version: "8" } },
} as const satisfies Record<string, ResourceClaim>;

describe("placeholders", () => {
  for (const [text, parts] of [
    ["", []],
    ["plain", ["plain"]],
    ["${resources.db.host}", [{ resource: "db", output: "host" }]],
    [
      "x://${resources.db.host}:${resources.db.port}/y",
      ["x://", { resource: "db", output: "host" }, ":", { resource: "db", output: "port" }, "/y"],
    ],
    ["$${resources.db.host}", ["${resources.db.host}"]],
    ["$$${resources.db.host}", ["$${resources.db.host}"]],
    ["a $${b} ${resources.cache.host}", ["a ${b} ", { resource: "cache", output: "host" }]],
    ["costs $5 {x} $", ["costs $5 {x} $"]],
  ] as const) {
    it(`reads ${JSON.stringify(text)}`, () => {
      assert.deepEqual(parsePlaceholders(text), parts);
    });
  }

  for (const text of ["${DB_HOST}", "${resources.db}", "${resources.db.host", "${resources.db.host.x}", "${}"]) {
    it(`refuses ${text}`, () => {
      const problem = `"${text}" is no placeholder; it is written \${resources.<name>.<output>}`;
      assert.throws(() => parsePlaceholders(text), { name: "UserError", message: problem, exit: "usage" });
      assert.deepEqual(placeholderProblems(text, CLAIMS), [{ text: problem, hint: "write $${ for the characters ${" }]);
    });
  }

  it("tells a resource that is not claimed, with the one that was meant", () => {
    assert.deepEqual(placeholderProblems("${resources.dv.host}${resources.other.host}", CLAIMS), [
      { text: "${resources.dv.host} names no resource; there are db, cache", hint: "did you mean db?" },
      { text: "${resources.other.host} names no resource; there are db, cache" },
    ]);
    assert.deepEqual(placeholderProblems("${resources.constructor.name}", {}), [
      { text: "${resources.constructor.name} names no resource; the service claims none" },
    ]);
  });

  it("tells an output that the claim's type has not", () => {
    assert.deepEqual(placeholderProblems("${resources.db.user}${resources.cache.hots}", CLAIMS), [
      { text: "${resources.db.user} names no output of postgres, which has host, port, name, username, password" },
      { text: "${resources.cache.hots} names no output of redis, which has host, port", hint: "did you mean host?" },
    ]);
  });

  it("gives any text without ${ back as it was", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!text.includes("${"));
        assert.deepEqual(parsePlaceholders(text), text === "" ? [] : [text]);
      }),
    );
  });

  it("finds each placeholder between any texts, escaped ones as text", () => {
    const plain = fc.string().map((text) => text.replaceAll("$", "§"));
    fc.assert(
      fc.property(plain, plain, fc.boolean(), (before, after, escaped) => {
        const parts = parsePlaceholders(`${before}${escaped ? "$" : ""}\${resources.db.host}${after}`);
        const middle = { resource: "db", output: "host" };
        const expected = escaped ? [`${before}\${resources.db.host}${after}`] : [before, middle, after];
        assert.deepEqual(
          parts,
          expected.filter((part) => part !== ""),
        );
      }),
    );
  });
});
