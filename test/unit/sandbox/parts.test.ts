import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { AWS_LIMITS } from "../../../sandbox/aws/limits.js";
import { PARTS } from "../../../sandbox/parts.js";
import { checkoutRoot } from "../../../sandbox/paths.js";
import { withMade } from "../../../sandbox/docs-page.js";

const EMPTY = ["parts", "images", "aws"]
  .map((name) => `<!-- ${name}: made by npm run generate --><!-- ${name}: end -->`)
  .join("");

describe("the parts of the sandbox", () => {
  it("are drawn in docs/sandbox.md as the code lists them (else: npm run generate)", async () => {
    const file = join(checkoutRoot(), "docs", "sandbox.md");
    const page = readFileSync(file, "utf8");
    assert.equal(page, await format(withMade(page), { ...(await resolveConfig(file)), parser: "markdown" }));
  });

  it("are drawn one box each, and an arrow to each part that they use", () => {
    const picture = withMade(EMPTY);
    for (const { name, uses } of PARTS) {
      const id = name.replaceAll("-", "_");
      assert.equal(picture.split(`    ${id}["`).length, 2, name);
      for (const other of uses) assert.ok(picture.includes(`  ${id} --> ${other.replaceAll("-", "_")}\n`));
    }
  });

  it("speak only to parts that are there whenever they are, and start before them or with them", () => {
    const names = PARTS.map(({ name }) => name);
    for (const { name, nodes, uses } of PARTS) {
      for (const other of uses) {
        const used = PARTS.find((part) => part.name === other);
        assert.ok(used !== undefined && (used.nodes === "all" || used.nodes === nodes), `${name} uses ${other}`);
        assert.ok(names.indexOf(other) < names.indexOf(name), `${name} starts after ${other}`);
      }
    }
  });

  it("tell of AWS what status tells", () => {
    const page = withMade(EMPTY);
    for (const limit of AWS_LIMITS) assert.ok(page.includes(`\n- ${limit}\n`), limit);
  });

  it("are refused a page that has lost its marks", () => {
    assert.throws(
      () => withMade(EMPTY.replace("<!-- images: end -->", "")),
      /must have "<!-- images: made by npm run generate -->"/,
    );
  });
});
