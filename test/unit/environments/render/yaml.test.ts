import assert from "node:assert/strict";
import { readYaml } from "../../../../environments/render/yaml.js";

describe("reading YAML as Kubernetes does", () => {
  const read: readonly [string, unknown][] = [
    ["0644", 420],
    ["yes", true],
    ["Off", false],
    ["1:30", "1:30"],
    ["2020-01-01", "2020-01-01"],
    ["0x1F", 31],
    ["1e3", 1000],
    ["~", null],
    ['"0644"', "0644"],
  ];
  for (const [text, value] of read) {
    it(`reads ${text} as ${JSON.stringify(value)}`, () => {
      assert.deepEqual(readYaml(`a: ${text}\n`), { value: { a: value } });
    });
  }

  it("merges anchors", () => {
    const result = readYaml("base: &base { a: 1 }\nother: { <<: *base, b: 2 }\n");
    assert.deepEqual(result, { value: { base: { a: 1 }, other: { a: 1, b: 2 } } });
  });

  it("tells line and column of a key that is there twice", () => {
    const faults = [{ problem: "Map keys must be unique", line: 3, column: 3 }];
    assert.deepEqual(readYaml("a:\n  b: 1\n  b: 2\n"), { faults });
  });

  it("tells of an alias without its anchor", () => {
    const result = readYaml("a: *missing\n");
    assert("faults" in result);
    assert.match(result.faults[0]?.problem ?? "", /missing/);
  });
});
