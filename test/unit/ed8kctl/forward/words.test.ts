import assert from "node:assert/strict";
import { parseForwards } from "../../../../ed8kctl/forward/words.js";

describe("what ed8kctl forward is given", () => {
  it("is services with their ports, each with a port of this machine behind it", () => {
    assert.deepEqual(parseForwards(["bos"]), [{ wanted: "bos", port: undefined, local: undefined }]);
    assert.deepEqual(parseForwards(["bos:http", "1", "bos--db:5432", "fxsuite", "65535"]), [
      { wanted: "bos", port: "http", local: 1 },
      { wanted: "bos--db", port: "5432", local: undefined },
      { wanted: "fxsuite", port: undefined, local: 65_535 },
    ]);
  });

  const cases: readonly (readonly [words: readonly string[], message: string])[] = [
    ...["", ":http", "bos:", "a:b:c"].map((text) => [[text], `"${text}" is neither SERVICE nor SERVICE:PORT`] as const),
    ...["0", "65536", "80http", "-1", "1.5"].map(
      (text) => [["bos", text], `"${text}" is no port of this machine: a whole number from 1 to 65535`] as const,
    ),
    [["8080"], "the local port 8080 stands behind no service"],
    [["bos", "8080", "8081"], "the local port 8081 stands behind no service"],
    [["bos", "8080", "fxsuite", "8080"], "the local port 8080 is given twice"],
  ];
  for (const [words, message] of cases) {
    it(`is refused as ${words.join(" ")}`, () => {
      assert.throws(() => parseForwards(words), { message, exit: "usage" });
    });
  }
});
