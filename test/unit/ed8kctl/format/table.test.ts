import assert from "node:assert/strict";
import { columns } from "../../../../ed8kctl/format/table.js";

describe("columns", () => {
  it("stands cells below each other, without spaces at the end", () => {
    assert.deepEqual(columns([["NAME", "AGE"], ["alice", "5d"], ["bob"]]), ["NAME   AGE", "alice  5d", "bob"]);
  });

  it("counts characters, also those of two UTF-16 units", () => {
    assert.deepEqual(
      columns([
        ["✓", "a"],
        ["🦀🦀", "b"],
      ]),
      ["✓   a", "🦀🦀  b"],
    );
  });

  it("takes rows that are longer than the first", () => {
    assert.deepEqual(columns([["a"], ["b", "c"]]), ["a", "b  c"]);
    assert.deepEqual(columns([]), []);
  });
});
