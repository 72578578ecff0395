import { rm } from "node:fs/promises";
import { build } from "esbuild";

/** Each becomes one file in dist/ under the same path; what they share is split into chunks. */
const ENTRY_POINTS = [
  "ed8kctl/main.ts",
  "scripts/demo.ts",
  "scripts/bench.ts",
  "sandbox/supervisor.ts",
  "sandbox/providers/kubernetes/main.ts",
  "sandbox/providers/random/main.ts",
  "sandbox/language-host/main.ts",
];

await rm("dist", { recursive: true, force: true });
await build({
  entryPoints: ENTRY_POINTS,
  outdir: "dist",
  outbase: ".",
  bundle: true,
  splitting: true,
  // Installed packages stay where npm put them: they load files of their own.
  packages: "external",
  platform: "node",
  format: "esm",
  target: "node20",
  sourcemap: true,
  logLevel: "warning",
});
