import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { BUNDLE } from "../../../../../sandbox/images/content/bundle.js";
import { checkoutRoot } from "../../../../../sandbox/paths.js";

describe("the bundle of FXSuite", () => {
  it("is what its own build makes", () => {
    const text = readFileSync(join(checkoutRoot(), "services/fxsuite/package.json"), "utf8");
    const { scripts } = JSON.parse(text) as { readonly scripts: Readonly<Record<string, string>> };
    const flags = Object.entries(BUNDLE).map(([name, value]) => (value === true ? `--${name}` : `--${name}=${value}`));
    assert.equal(scripts["build"], `esbuild src/main.ts ${flags.join(" ")} --outfile=dist/main.js`);
  });
});
