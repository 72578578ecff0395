import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { REFUSALS } from "../../../environments/bend/bend.js";
import { formatAmount } from "../../../environments/plan/quota.js";
import { hardOf, SIZES } from "../../../environments/size.js";

const docs = (name: string): string => readFileSync(join(import.meta.dirname, "../../../docs", name), "utf8");

describe("the documentation", () => {
  it("has every rule that refuses, and no other", () => {
    const table = docs("charts.md").split("## What is refused")[1] ?? "";
    const rules = [...table.matchAll(/^\| `([a-z-]+)` /gm)].map(([, rule]) => rule);
    assert.deepEqual(rules.toSorted(), Object.keys(REFUSALS).toSorted());
  });

  it("has the sizes as they are", () => {
    for (const size of SIZES) {
      const hard = hardOf(size);
      const cells = [
        formatAmount(hard["requests.cpu"], "requests.cpu"),
        [hard["requests.memory"], hard["limits.memory"]]
          .map((bytes) => formatAmount(bytes, "limits.memory"))
          .join(" / "),
        formatAmount(hard["requests.storage"], "requests.storage"),
        String(hard.persistentvolumeclaims),
        String(hard.pods),
      ];
      const row = docs("environments.md")
        .split("\n")
        .find((line) => line.startsWith(`| \`${size}\``));
      assert.deepEqual(
        row
          ?.split("|")
          .slice(2, -1)
          .map((cell) => cell.trim()),
        cells,
      );
    }
  });
});
