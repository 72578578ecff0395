import assert from "node:assert/strict";
import { splitDocuments } from "../../../../environments/render/documents.js";

describe("what helm printed", () => {
  it("is split into documents, with their lines counted by file", () => {
    const printed = [
      "---\n# Source: bos/templates/a.yaml\na: 1\nb: 2\n",
      "---\n# Source: bos/templates/b.yaml\nc: 3\n",
      "---\n# Source: bos/templates/a.yaml\nd: 4\n",
    ].join("");
    assert.deepEqual(splitDocuments(printed), [
      { source: "bos/templates/a.yaml", line: 3, text: "a: 1\nb: 2\n" },
      { source: "bos/templates/b.yaml", line: 3, text: "c: 3\n" },
      { source: "bos/templates/a.yaml", line: 7, text: "d: 4\n" },
    ]);
  });

  it("is not split where a text block looks like a document", () => {
    const text = "a: |\n  ---\n  # Source: other/templates/x.yaml\n";
    assert.deepEqual(splitDocuments(`---\n# Source: bos/templates/a.yaml\n${text}`), [
      { source: "bos/templates/a.yaml", line: 3, text },
    ]);
  });

  it("may be nothing at all", () => {
    assert.deepEqual(splitDocuments("\n"), []);
  });
});
