import assert from "node:assert/strict";
import fc from "fast-check";
import { readYaml } from "../../../../environments/render/yaml.js";
import { toYaml } from "../../../../ed8kctl/format/yaml.js";

describe("data as YAML", () => {
  it("quotes what older readers take for something else than text", () => {
    assert.equal(toYaml({ args: ["--appendonly", "yes", "0644"] }), 'args:\n  - --appendonly\n  - "yes"\n  - "0644"\n');
  });

  it("writes what is there twice twice", () => {
    const labels = { app: "web" };
    assert.equal(toYaml({ a: labels, b: labels }), "a:\n  app: web\nb:\n  app: web\n");
  });

  it("comes back the same, read as Kubernetes reads it", () => {
    const text = fc.oneof(
      fc.string(),
      fc.constantFrom("yes", "on", "n", "0x1f", "1:30", "2026-11-24", "~", "1e3", "0o7"),
    );
    const data = fc.dictionary(
      fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9]{0,8}$/),
      fc.oneof(text, fc.integer(), fc.boolean()),
    );
    fc.assert(
      fc.property(data, (value) => {
        const read = readYaml(toYaml(value));
        assert.ok("value" in read);
        assert.deepEqual({ ...(read.value as object) }, { ...value });
      }),
    );
  });
});
