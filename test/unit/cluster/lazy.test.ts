import assert from "node:assert/strict";
import { build, type Metafile } from "esbuild";

const ENTRY = "program.ts";

/** What is loaded with a file, beside what is loaded only when it is asked for. */
function loadedWith({ outputs }: Metafile): ReadonlySet<string> {
  const entry = Object.keys(outputs).find((path) => outputs[path]?.entryPoint === ENTRY);
  const packages = new Set<string>();
  const seen = new Set<string>();
  const waiting = [entry ?? ""];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    for (const { path: imported, kind, external } of outputs[path]?.imports ?? []) {
      if (kind !== "import-statement") continue;
      if (external === true) packages.add(imported);
      else waiting.push(imported);
    }
  }
  return packages;
}

describe("the program of every stack", () => {
  it("loads AWS' packages for a cluster that it makes, and for no environment", async () => {
    const { metafile } = await build({
      entryPoints: [ENTRY],
      bundle: true,
      splitting: true,
      format: "esm",
      platform: "node",
      packages: "external",
      outdir: "unused",
      write: false,
      metafile: true,
      logLevel: "silent",
    });
    const isAws = (name: string): boolean => /^@aws-sdk\/|^@pulumi\/(aws|eks)/.test(name);
    const everywhere = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
    assert.ok(everywhere.some(isAws), "nothing loads them at all");
    const loaded = [...loadedWith(metafile)];
    assert.ok(loaded.includes("@pulumi/pulumi"));
    assert.deepEqual(loaded.filter(isAws), []);
  });
});
