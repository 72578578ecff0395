import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { dirname, join } from "node:path";
import { checkoutRoot } from "../../sandbox/paths.js";

const root = checkoutRoot();
const pages = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "*.md"], { cwd: root, encoding: "utf8" })
  .trim()
  .split("\n");

describe("the docs", () => {
  for (const page of pages) {
    it(`${page} links to what is there`, () => {
      const text = readFileSync(join(root, page), "utf8");
      const links = [...text.matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)].map(([, link = ""]) => link);
      const broken = links
        .filter((link) => !/^[a-z]+:/.test(link))
        .filter((link) => !existsSync(join(root, dirname(page), link)));
      assert.deepEqual(broken, []);
    });
  }

  it("are reached from the README, each page", () => {
    const reached = new Set<string>();
    const open = ["README.md"];
    for (let page = open.pop(); page !== undefined; page = open.pop()) {
      if (reached.has(page) || !existsSync(join(root, page))) continue;
      reached.add(page);
      const text = readFileSync(join(root, page), "utf8");
      for (const [, link = ""] of text.matchAll(/\]\(([^)\s#:]+\.md)(?:#[^)]*)?\)/g))
        open.push(join(dirname(page), link));
    }
    assert.deepEqual(
      pages.filter((page) => page.startsWith("docs/") && !reached.has(page)),
      [],
    );
  });
});
