import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { checkoutRoot } from "../../../sandbox/paths.js";
import { parseCatalogue } from "../../../services/catalogue.js";
import { CLAIM_TYPES, OUTPUTS, PARAMS } from "../../../services/claims.js";
import { LINT_RULES } from "../../../services/lint/rules.js";
import { parseService } from "../../../services/parse-service.js";
import { serviceSchema } from "../../../services/service.js";

const page = readFileSync(join(checkoutRoot(), "docs", "services.md"), "utf8");

/** The words in backticks of each cell, by the first cell's. */
function rowsOf(heading: string): Readonly<Record<string, readonly (readonly string[])[]>> {
  const section = page.split(/^## /m).find((text) => text.startsWith(heading)) ?? "";
  const rows = section.split("\n").filter((line) => line.startsWith("| `"));
  const words = (cell: string): readonly string[] => [...cell.matchAll(/`([^`]*)`/g)].map(([, word = ""]) => word);
  return Object.fromEntries(
    rows.map((row) => {
      const [first = [], ...cells] = row.split("|").slice(1, -1).map(words);
      return [first[0] ?? "", cells];
    }),
  );
}

/** The blocks of YAML on the page. */
function yamlBlocks(): readonly string[] {
  return [...page.matchAll(/^( *)```yaml\n([\s\S]*?)^ *```/gm)].map(([, indent = "", text = ""]) =>
    text.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
  );
}

describe("docs/services.md [row 105]", () => {
  it("tells every claim type with its params and its outputs", () => {
    const rows = rowsOf("Claims");
    assert.deepEqual(Object.keys(rows), [...CLAIM_TYPES]);
    for (const type of CLAIM_TYPES) {
      const [params = [], outputs] = rows[type] ?? [];
      assert.deepEqual(outputs, [...OUTPUTS[type]], type);
      for (const name of Object.keys(PARAMS[type].shape)) {
        assert.ok(
          params.some((word) => word === name || word.startsWith(`${name}.`)),
          `${type}: ${name}`,
        );
      }
    }
  });

  it("tells every key of ed8k.yaml", () => {
    const told = Object.keys(rowsOf("`ed8k.yaml`")).map((key) => key.split(".")[0]);
    assert.deepEqual([...new Set(told)].toSorted(), Object.keys(serviceSchema.shape).toSorted());
  });

  it("tells every lint rule", () => {
    assert.deepEqual(Object.keys(rowsOf("Lint")), [...Object.keys(LINT_RULES), "routes", "pulumi"]);
  });

  it("has an example that is a good ed8k.yaml, and one of a catalogue", () => {
    const blocks = yamlBlocks();
    const example = blocks.find((text) => text.includes("kind: Service")) ?? "";
    assert.equal(parseService(example, "docs/services.md").name, "ledger");
    const catalogue = blocks.find((text) => text.includes("oci://")) ?? "";
    const head = "apiVersion: ed8k.dev/v1\nkind: Catalogue\nprofiles: {}\n";
    const { services } = parseCatalogue(head + catalogue, { file: "docs/services.md", folder: "/" });
    assert.deepEqual(
      Object.values(services).map(({ from }) => from),
      ["folder", "folder", "oci", "repository"],
    );
    for (const block of blocks) assert.doesNotThrow(() => parse(block) as unknown);
  });

  it("links to what is there [row 89]", () => {
    const links = [...page.matchAll(/\]\(([^)#]+)\)/g)]
      .map(([, link = ""]) => link)
      .filter((link) => !/^https:/.test(link));
    const missing = links.filter((link) => !existsSync(join(checkoutRoot(), "docs", link)));
    assert.deepEqual(missing, []);
    assert.match(page, /CODEOWNERS/);
  });
});
